//! Tests over the sources of the UI: its words.

#![expect(clippy::expect_used, reason = "a test that can't read its input has to fail")]

mod sources;
mod views;
mod words;
