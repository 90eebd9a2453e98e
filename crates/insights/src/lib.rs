//! The arithmetic of analytics: from what is known of days and posts to the figures that people see. Pure, and compiles to wasm.
//!
//! What isn't told is `None` all the way: a sum is of what is known, a rate needs both of its parts, and nothing turns into 0.

mod cadence;
mod increase;
mod index;
mod levels;
mod period;
mod tally;

pub use cadence::{count_again_after, takes_the_place};
pub use increase::{increase, spread};
pub use index::indexed;
pub use levels::levels_back;
pub use period::{Day, Period, carry, course, figure, rate, values};
pub use tally::{Tally, Told};
