//! Numbers and dates as people write them, by the same code on the server and in the browser: the browser's own `Intl`
//! would differ from the server and break hydration.

mod date;
mod number;

pub use date::{date, day_and_time, full_date, long_day, machine, month, short_day, time, weekday};
pub use number::{compact, count, signed};
