//! The adapters against the sandbox, which was written from the platforms' documents and shares no code with them.

mod bluesky;
mod connect;
#[cfg(test)]
mod harness;
#[cfg(test)]
mod pds;
mod publish;
mod settle;
#[cfg(test)]
mod statistics;
mod tokens;
