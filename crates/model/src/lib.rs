//! Typed models shared by the browser and the server: ids, posts and their states, text limits, the errors and the
//! service traits. No I/O; compiles to wasm.

pub mod account;
pub mod actor;
pub mod calendar;
pub mod clock;
mod crop;
pub mod error;
pub mod ids;
pub mod live;
pub mod local_time;
pub mod media;
pub mod neighbour;
pub mod operations;
pub mod page;
pub mod platform;
pub mod post;
pub mod revision;
pub mod services;
pub mod session;
pub mod state;
pub mod statistics;
pub mod team;
pub mod text;
mod text_column;
pub mod timing;

pub use actor::{Actor, Permission, Role};
pub use crop::{Crop, PixelRect};
pub use error::{ApiError, ApiResult, Conflict, FieldProblem, Problem};
pub use ids::*;
pub use local_time::LocalTime;
pub use platform::Platform;
pub use state::TargetState;
