//! What Facebook's and Instagram's Graph APIs share: addressing and versions, tokens, lists, insights, errors.

pub(crate) mod call;
pub(crate) mod error;
pub(crate) mod insights;
pub(crate) mod list;
pub(crate) mod token;
