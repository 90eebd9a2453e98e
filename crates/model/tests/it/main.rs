//! The rules of text and media as the composer and the worker use them.

mod check;
mod x_length;
