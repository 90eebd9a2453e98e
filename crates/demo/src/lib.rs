//! Believable data to try Fanfare with: three teams, their accounts at the sandbox, a year and a half of posts, full weeks
//! ahead, and what went wrong lately.
//!
//! Two halves. [`Plan::of`] says what there is to be: a pure function of size, seed and time. [`load`] writes a plan into an
//! empty database and tells the sandbox the past, so that each published post has its page and its numbers there. `numbers`
//! works out how posts and accounts did. `teams` holds what the
//! teams are and say, `pictures` what they show.
//!
//! More sentences go into `teams`, where a test looks that every platform takes whatever is made of them.

mod draw;
mod load;
mod numbers;
mod pictures;
mod plan;
pub mod sandbox_accounts;
pub mod sandbox_control;
mod teams;

pub use load::{LoadError, Loaded, Loader, load};
pub use pictures::Picture;
pub use plan::{
    Fate, PASSWORD, Plan, PlannedAccount, PlannedPerson, PlannedPost, PlannedTarget, PlannedVideo,
    PlannedWorkspace, Size,
};
pub use teams::{Language, Standing, shown_emails};

/// The seed of the data that people see.
pub const SEED: u64 = 2_026;
