//! What Facebook's and Instagram's Graph APIs share: addressing and versions, tokens, lists, errors.

pub(crate) mod call;
pub(crate) mod error;
pub(crate) mod list;
pub(crate) mod token;
