//! The archive: written entry by entry with its digests, and read so that nothing but our own entries is seen.

use crate::manifest::{CONTENTS, Contents, Entry, MANIFEST, SIGNATURE};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write as _};
use std::path::Path;

/// Writes entries and remembers their digests.
pub(crate) struct Writer {
    tar: tar::Builder<GzEncoder<BufWriter<File>>>,
    pub(crate) contents: Contents,
    /// Seconds since 1970; the entries' time.
    mtime: u64,
}

impl Writer {
    pub(crate) fn new(file: File, mtime: u64) -> Self {
        let gzip = GzEncoder::new(BufWriter::new(file), Compression::new(6));
        Self { tar: tar::Builder::new(gzip), contents: Contents::default(), mtime }
    }

    pub(crate) fn add(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let entry = Entry { bytes: bytes.len() as u64, sha256: hex::encode(Sha256::digest(bytes)) };
        self.append(name, bytes)?;
        self.contents.entries.insert(name.to_owned(), entry);
        Ok(())
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o600);
        header.set_mtime(self.mtime);
        self.tar.append_data(&mut header, name, bytes)
    }

    /// Writes the entries that end the archive, and everything to the disk.
    pub(crate) fn finish(mut self, sign: impl FnOnce(&[u8]) -> String) -> io::Result<()> {
        let contents = serde_json::to_vec(&self.contents)?;
        self.append(CONTENTS, &contents)?;
        self.append(SIGNATURE, sign(&contents).as_bytes())?;
        let mut file = self.tar.into_inner()?.finish()?;
        file.flush()?;
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }
}

/// An entry of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Manifest,
    /// Rows of a table.
    Rows(String),
    /// A file of the media store, by its key.
    Media(String),
    Contents,
    Signature,
}

impl Part {
    fn of(name: &str) -> Option<Self> {
        match name {
            MANIFEST => Some(Self::Manifest),
            CONTENTS => Some(Self::Contents),
            SIGNATURE => Some(Self::Signature),
            _ => {
                if let Some(key) = name.strip_prefix("media/") {
                    return is_key(key).then(|| Self::Media(key.to_owned()));
                }
                let (table, number) = name.strip_prefix("tables/")?.split_once('/')?;
                let number = number.strip_suffix(".ndjson")?;
                let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
                (is_number && is_plain(table)).then(|| Self::Rows(table.to_owned()))
            }
        }
    }
}

/// Keys of the media store are `<workspace>/<media>/<file>`.
fn is_key(key: &str) -> bool {
    let parts: Vec<&str> = key.split('/').collect();
    parts.len() == 3 && parts.iter().all(|part| is_plain(part))
}

/// Letters, digits and a few marks, and no dot in front: never a way out of a folder.
fn is_plain(part: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)
}

/// An archive that can't be read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    /// Broken off, or not gzip.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// An entry that no backup has.
    #[error("it has an entry {0:?}, which no backup has")]
    Strange(String),
}

/// A reader of the entries of an archive.
pub(crate) struct Archive(tar::Archive<GzDecoder<BufReader<File>>>);

impl Archive {
    pub(crate) fn open(path: &Path) -> io::Result<Self> {
        Ok(Self(tar::Archive::new(GzDecoder::new(BufReader::new(File::open(path)?)))))
    }

    /// The entries in order, with their names. Nothing is ever written by these names.
    pub(crate) fn entries(
        &mut self,
    ) -> io::Result<impl Iterator<Item = Result<(String, Part, impl Read), ReadError>>> {
        Ok(self.0.entries()?.map(|entry| {
            let entry = entry?;
            let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
            let part = Part::of(&name).filter(|_| entry.header().entry_type().is_file());
            match part {
                Some(part) => Ok((name, part, entry)),
                None => Err(ReadError::Strange(name)),
            }
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_ours_are_known() {
        let rows = |table: &str| Some(Part::Rows(table.to_owned()));
        assert_eq!(Part::of("tables/post/000001.ndjson"), rows("post"));
        assert_eq!(Part::of("media/a-1/b-2/thumb.jpg"), Some(Part::Media("a-1/b-2/thumb.jpg".to_owned())));
        for bad in [
            "",
            "/etc/passwd",
            "../manifest.json",
            "./manifest.json",
            "media/../../x",
            "media/a/../x",
            "media/a/b/..",
            "media/a/b/.hidden",
            "media/a/b",
            "media/a/b/c/d",
            "media//a/b",
            "media/a/b/c\\d",
            "tables/post",
            "tables/../000001.ndjson",
            "tables/post/../x.ndjson",
            "tables/post/.ndjson",
            "tables//1.ndjson",
        ] {
            assert_eq!(Part::of(bad), None, "{bad}");
        }
    }
}
