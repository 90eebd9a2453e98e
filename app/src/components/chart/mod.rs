//! Charts: a title that says what is seen, the drawing, and the same numbers as a table, CSV and PNG.

#[cfg(feature = "hydrate")]
mod colours;
mod day_table;
#[cfg(feature = "hydrate")]
mod echarts;
mod figure;
mod plot;
#[cfg(feature = "hydrate")]
mod tip;

pub use figure::{ChartFigure, ChartOf};

use crate::format::Unit;
use crate::words::Locale;

/// How a chart's values are put into words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    locale: Locale,
    unit: Unit,
}

impl Written {
    fn exact(self, value: f64) -> String {
        self.unit.exact(self.locale, value)
    }

    #[cfg(feature = "hydrate")]
    fn short(self, value: f64) -> String {
        self.unit.short(self.locale, value)
    }
}
