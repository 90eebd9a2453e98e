//! The journal: one JSON line for each change, written before anyone is answered, replayed at start.
//!
//! Each line goes to the system in one write, so a killed process loses at most a torn last line, which replay
//! drops: its request was never answered.

use crate::error::SandboxError;
use crate::state::{Entry, State};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

#[derive(Serialize, Deserialize)]
struct Line<E> {
    /// The id counter after this change.
    n: u64,
    e: E,
}

#[derive(Debug)]
pub(crate) struct Journal {
    file: File,
}

impl Journal {
    /// Replays `dir/journal.jsonl` into `state` and opens it for more; gives the id counter to go on from.
    pub(crate) fn open(dir: &Path, state: &mut State) -> Result<(Self, u64), SandboxError> {
        let path = dir.join("journal.jsonl");
        let wrap = |source| SandboxError::StateDir { path: path.clone(), source };
        std::fs::create_dir_all(dir).map_err(wrap)?;
        let file = OpenOptions::new().create(true).read(true).append(true).open(&path).map_err(wrap)?;
        let (counter, whole) = replay(&path, &file, state)?;
        file.set_len(whole).map_err(wrap)?;
        Ok((Self { file }, counter))
    }

    pub(crate) fn append(&mut self, counter: u64, entry: &Entry) -> std::io::Result<()> {
        let mut line = serde_json::to_vec(&Line { n: counter, e: entry })?;
        line.push(b'\n');
        self.file.write_all(&line)
    }
}

fn replay(path: &Path, file: &File, state: &mut State) -> Result<(u64, u64), SandboxError> {
    let wrap = |source| SandboxError::StateDir { path: path.to_owned(), source };
    let mut reader = BufReader::new(file);
    let mut text = String::new();
    let (mut counter, mut whole, mut number) = (0, 0, 0);
    loop {
        text.clear();
        let read = reader.read_line(&mut text).map_err(wrap)?;
        if read == 0 || !text.ends_with('\n') {
            return Ok((counter, whole));
        }
        number += 1;
        let line: Line<Entry> = serde_json::from_str(&text).map_err(|source| SandboxError::Journal {
            path: path.to_owned(),
            line: number,
            source,
        })?;
        counter = counter.max(line.n);
        whole += u64::try_from(read).unwrap_or(0);
        state.apply(line.e);
    }
}
