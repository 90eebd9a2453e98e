//! Words to the person at the terminal; the log goes to standard error.

use std::io::{self, Write as _};

/// A line on standard output.
pub(super) fn say(line: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{line}")
}

/// What went wrong, with its causes, on standard error.
pub fn complain(error: &anyhow::Error) {
    // If that fails too there is nobody to tell.
    drop(writeln!(io::stderr().lock(), "fanfare: {error:#}"));
}
