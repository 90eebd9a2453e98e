//! Looks at a whole archive before anything of it is used.

use crate::archive::{Archive, Part, ReadError};
use crate::manifest::{CONTENTS, Contents, Entry, FORMAT, MANIFEST, Manifest, SIGNATURE};
use crate::restore::RestoreError;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use service::keys::Keys;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::path::Path;

/// Entries that are read whole are at most so long, in bytes.
const MOST: u64 = 256 * 1024 * 1024;

/// An archive that is whole, ours, and of this key.
pub(crate) struct Verified {
    pub(crate) manifest: Manifest,
    pub(crate) contents: Contents,
}

/// What can be told of an archive of any later layout.
#[derive(Deserialize)]
struct Layout {
    format: u32,
}

/// # Errors
/// Each says what is wrong with the archive and what to do.
pub(crate) fn verify(path: &Path, keys: &Keys) -> Result<Verified, RestoreError> {
    let failed = |source| RestoreError::File { path: path.to_owned(), source };
    let mut archive = Archive::open(path).map_err(failed)?;
    let mut entries = BTreeMap::new();
    let (mut manifest, mut ends) = (None::<Manifest>, (None, None));
    for next in archive.entries().map_err(unread)? {
        let (name, part, mut reader) = match next {
            Ok(next) => next,
            // Something else than a backup begins otherwise.
            Err(_) if entries.is_empty() => return Err(RestoreError::Foreign),
            Err(ReadError::Io(error)) => return Err(unread(error)),
            Err(error @ ReadError::Strange(_)) => return Err(RestoreError::Damaged(error.to_string())),
        };
        if entries.is_empty() != (part == Part::Manifest) {
            return Err(if entries.is_empty() { RestoreError::Foreign } else { strange(&name) });
        }
        let is_after_its_end = ends.1.is_some() || (ends.0.is_some() && part != Part::Signature);
        if is_after_its_end {
            return Err(strange(&name));
        }
        match part {
            Part::Manifest => {
                let bytes = whole(&mut reader)?;
                let found = parse_manifest(&bytes)?;
                if !hex::decode(&found.key_check).is_ok_and(|check| keys.made(&check)) {
                    return Err(RestoreError::WrongKey);
                }
                entries.insert(name, digest(&mut bytes.as_slice())?);
                manifest = Some(found);
            }
            Part::Rows(_) | Part::Media(_) => {
                if entries.insert(name.clone(), digest(&mut reader)?).is_some() {
                    return Err(strange(&name));
                }
            }
            Part::Contents => ends.0 = Some(whole(&mut reader)?),
            Part::Signature => ends.1 = Some(whole(&mut reader)?),
        }
    }
    let missing = |what: &str| RestoreError::Damaged(format!("it ends too early: `{what}` is missing"));
    let manifest = manifest.ok_or_else(|| missing(MANIFEST))?;
    let contents = ends.0.ok_or_else(|| missing(CONTENTS))?;
    let signature = ends.1.ok_or_else(|| missing(SIGNATURE))?;
    if !std::str::from_utf8(&signature).is_ok_and(|signature| keys.has_signed_backup(&contents, signature)) {
        return Err(RestoreError::Damaged("its list of contents was changed".to_owned()));
    }
    let contents: Contents = parse(&contents, CONTENTS)?;
    if let Some(name) = differing(&contents.entries, &entries) {
        return Err(RestoreError::Damaged(format!("`{name}` is not what was backed up")));
    }
    Ok(Verified { manifest, contents })
}

fn parse_manifest(bytes: &[u8]) -> Result<Manifest, RestoreError> {
    let Layout { format } = serde_json::from_slice(bytes).map_err(|_| RestoreError::Foreign)?;
    if format != FORMAT {
        return Err(RestoreError::Layout);
    }
    let manifest: Manifest = parse(bytes, MANIFEST)?;
    let ours = storage::schema_version();
    if manifest.schema > ours {
        return Err(RestoreError::Newer { fanfare: manifest.fanfare, theirs: manifest.schema, ours });
    }
    Ok(manifest)
}

fn parse<T: DeserializeOwned>(bytes: &[u8], name: &str) -> Result<T, RestoreError> {
    serde_json::from_slice(bytes).map_err(|_| RestoreError::Damaged(format!("`{name}` can't be read")))
}

/// The first name that only one of them has, or that stands for something else.
fn differing<'a>(
    listed: &'a BTreeMap<String, Entry>,
    found: &'a BTreeMap<String, Entry>,
) -> Option<&'a String> {
    let names = listed.keys().chain(found.keys());
    names.into_iter().find(|name| listed.get(*name) != found.get(*name))
}

fn strange(name: &str) -> RestoreError {
    RestoreError::Damaged(format!("the entry `{name}` is out of place"))
}

/// Reading broke off, or what was read is no archive.
#[expect(clippy::needless_pass_by_value, reason = "an error is handed on")]
pub(crate) fn unread(error: io::Error) -> RestoreError {
    RestoreError::Damaged(format!("it can't be read to its end ({error})"))
}

pub(crate) fn whole(reader: &mut impl Read) -> Result<Vec<u8>, RestoreError> {
    let mut bytes = Vec::new();
    reader.take(MOST + 1).read_to_end(&mut bytes).map_err(unread)?;
    if bytes.len() as u64 > MOST {
        return Err(RestoreError::Damaged(
            "one of its entries is longer than any that is written".to_owned(),
        ));
    }
    Ok(bytes)
}

fn digest(reader: &mut impl Read) -> Result<Entry, RestoreError> {
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let length = reader.read(&mut buffer).map_err(unread)?;
        if length == 0 {
            return Ok(Entry { bytes, sha256: hex::encode(hash.finalize()) });
        }
        hash.update(&buffer[..length]);
        bytes += length as u64;
    }
}
