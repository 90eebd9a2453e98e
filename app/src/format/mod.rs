//! Numbers and dates as people write them, by the same code on the server and in the browser: the browser's own `Intl`
//! would differ from the server and break hydration.

mod date;
mod number;
mod value;

pub use date::{
    date, day_and_time, days, full_date, long_day, machine, month, short_day, short_day_of, time, weekday,
};
pub use number::{compact, count, decimal, signed};
pub use value::{Unit, change, gained, points};
