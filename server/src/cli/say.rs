//! Words to the person at the terminal; the log goes to standard error.

use std::io::{self, Write as _};

/// A line on standard output.
pub(super) fn say(line: &str) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{line}")
}

/// What went wrong, with its causes, on standard error.
pub fn complain(error: &anyhow::Error) {
    // If that fails too there is nobody to tell.
    drop(writeln!(io::stderr().lock(), "fanfare: {}", told(error)));
}

/// An error often tells its cause in its own words; that is not said twice.
fn told(error: &anyhow::Error) -> String {
    error.chain().map(ToString::to_string).fold(String::new(), |mut said, next| {
        if said.is_empty() {
            return next;
        }
        if !said.contains(&next) {
            said = format!("{said}: {next}");
        }
        said
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error)]
    #[error("the file: {0}")]
    struct Outer(#[source] io::Error);

    #[test]
    fn a_cause_is_told_once() {
        let error = anyhow::Error::new(Outer(io::Error::other("it is gone"))).context("it can't start");
        assert_eq!(told(&error), "it can't start: the file: it is gone");
    }
}
