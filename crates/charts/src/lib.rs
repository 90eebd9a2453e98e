//! Numbers over time as options of ECharts, built by `charming`. Pure: colours and words come in, JSON comes out; the page
//! that shows a chart hands it to ECharts and adds the functions that put numbers into words.

mod lines;
mod palette;

pub use lines::{Line, Lines, Role};
pub use palette::{Palette, SERIES};
