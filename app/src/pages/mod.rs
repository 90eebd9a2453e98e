//! One folder a page.

pub mod accounts;
pub mod analytics;
pub mod calendar;
pub mod composer;
pub mod home;
pub mod invite;
pub mod operations;
pub mod posts;
pub mod reset;
pub mod settings;
pub mod setup;
pub mod sign_in;
pub mod team;
