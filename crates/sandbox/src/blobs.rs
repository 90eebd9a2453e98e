//! Uploaded bytes, named by their SHA-256: in memory, or as files beside the journal.

use crate::ids::sha256_hex;
use bytes::Bytes;
use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

#[derive(Debug)]
pub(crate) enum Blobs {
    Memory(Mutex<HashMap<String, Bytes>>),
    Folder(PathBuf),
}

impl Blobs {
    pub(crate) fn open(dir: Option<&PathBuf>) -> std::io::Result<Self> {
        match dir {
            None => Ok(Self::Memory(Mutex::default())),
            Some(dir) => {
                let dir = dir.join("blobs");
                std::fs::create_dir_all(&dir)?;
                Ok(Self::Folder(dir))
            }
        }
    }

    /// Keeps `bytes` and gives their digest.
    pub(crate) async fn put(&self, bytes: Bytes) -> std::io::Result<String> {
        let name = sha256_hex(&bytes);
        match self {
            Self::Memory(map) => {
                map.lock().unwrap_or_else(PoisonError::into_inner).insert(name.clone(), bytes);
            }
            Self::Folder(dir) => {
                // Written aside and renamed: a killed process leaves no half file under a digest's name. The same bytes may
                // come twice at once, so each has a name of its own aside.
                static NEXT: AtomicU64 = AtomicU64::new(0);
                let aside = dir.join(format!("{name}.{}.part", NEXT.fetch_add(1, Ordering::Relaxed)));
                tokio::fs::write(&aside, &bytes).await?;
                tokio::fs::rename(&aside, dir.join(&name)).await?;
            }
        }
        Ok(name)
    }

    pub(crate) async fn get(&self, name: &str) -> Option<Bytes> {
        if name.len() != 64 || !name.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        match self {
            Self::Memory(map) => map.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned(),
            Self::Folder(dir) => tokio::fs::read(dir.join(name)).await.ok().map(Bytes::from),
        }
    }
}

/// What the bytes are, read from themselves: media type, width, height.
pub(crate) fn inspect(bytes: &[u8]) -> (Option<&'static str>, Option<(u32, u32)>) {
    let reader = image::ImageReader::new(std::io::Cursor::new(bytes)).with_guessed_format();
    let Ok(reader) = reader else { return (None, None) };
    let mime = reader.format().map(|f| f.to_mime_type());
    let mime = mime.or_else(|| (bytes.get(4..8) == Some(b"ftyp")).then_some("video/mp4"));
    (mime, reader.into_dimensions().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn the_same_bytes_may_come_many_times_at_once() {
        let folder = std::env::temp_dir().join(format!("sandbox-blobs-{}", std::process::id()));
        let blobs = Blobs::open(Some(&folder)).unwrap();
        let bytes = Bytes::from(vec![7; 1 << 20]);
        let all = futures::future::join_all((0..16).map(|_| blobs.put(bytes.clone()))).await;
        assert!(all.iter().all(|kept| kept.as_ref().is_ok_and(|name| Some(name) == all[0].as_ref().ok())));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
