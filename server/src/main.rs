//! See the library of this crate; `fanfare --help` tells what the program does.

use std::process::ExitCode;

#[tokio::main]
async fn main() -> ExitCode {
    match server::cli::run().await {
        Ok(code) => code,
        Err(error) => {
            server::cli::complain(&error);
            ExitCode::FAILURE
        }
    }
}
