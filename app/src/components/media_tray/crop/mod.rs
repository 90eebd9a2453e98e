//! Choosing the part of an image that a post shows. The upload stays whole.

mod area;
mod dialog;
mod stage;

pub use area::Ratio;
pub(super) use dialog::CropDialog;
