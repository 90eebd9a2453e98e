//! The master key: 32 bytes from the configuration, or from a file that the first run makes.

use crate::secrets::{NoRandomness, random};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use std::fmt;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

pub struct MasterKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for MasterKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MasterKey(<redacted>)")
    }
}

#[derive(Debug, thiserror::Error)]
pub enum MasterKeyError {
    #[error("the master key must be 32 bytes, written as 64 hexadecimal digits or in base64")]
    Format,
    #[error("{}: the master key must be 32 bytes, written as 64 hexadecimal digits or in base64", path.display())]
    FileFormat { path: PathBuf },
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Random(#[from] NoRandomness),
}

impl MasterKey {
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// A new key from the system's randomness.
    ///
    /// # Errors
    /// When the system gives none.
    pub fn generate() -> Result<Self, NoRandomness> {
        Ok(Self(Zeroizing::new(random()?)))
    }

    /// Reads 64 hexadecimal digits, or base64 in either alphabet.
    ///
    /// # Errors
    /// [`MasterKeyError::Format`]
    pub fn parse(text: &str) -> Result<Self, MasterKeyError> {
        let text = text.trim();
        let bytes = if text.len() == 64 {
            hex::decode(text).ok()
        } else {
            let digits = text.trim_end_matches('=');
            URL_SAFE_NO_PAD.decode(digits).or_else(|_| STANDARD_NO_PAD.decode(digits)).ok()
        };
        let bytes = Zeroizing::new(bytes.ok_or(MasterKeyError::Format)?);
        let key: [u8; 32] = bytes.as_slice().try_into().map_err(|_| MasterKeyError::Format)?;
        Ok(Self::from_bytes(key))
    }

    /// Reads the key from a file.
    ///
    /// # Errors
    /// When the file can't be read or holds no key.
    pub fn load(path: &Path) -> Result<Self, MasterKeyError> {
        let text = std::fs::read_to_string(path)
            .map_err(|source| MasterKeyError::File { path: path.to_owned(), source })?;
        warn_if_open(path);
        Self::parse(&Zeroizing::new(text)).map_err(|_| MasterKeyError::FileFormat { path: path.to_owned() })
    }

    /// Reads the key file, or makes it with a new key that only the owner can read.
    ///
    /// # Errors
    /// When the file can't be read, holds no key, or can't be made.
    pub fn load_or_create(path: &Path) -> Result<Self, MasterKeyError> {
        if !path.exists() {
            let text = Zeroizing::new(format!("{}\n", hex::encode(Self::generate()?.bytes())));
            create(path, &text).map_err(|source| MasterKeyError::File { path: path.to_owned(), source })?;
        }
        Self::load(path)
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }
}

/// Writes the file whole or not at all, and leaves one that is there: two first starts at once end with one key.
fn create(path: &Path, text: &str) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let draft = path.with_extension(format!("{}.new", std::process::id()));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&draft)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let linked = written.and_then(|()| match std::fs::hard_link(&draft, path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    });
    std::fs::remove_file(&draft)?;
    linked
}

/// Mounted secrets are often readable by all, so this is no reason to refuse.
fn warn_if_open(path: &Path) {
    #[cfg(unix)]
    if let Ok(metadata) = std::fs::metadata(path)
        && std::os::unix::fs::PermissionsExt::mode(&metadata.permissions()) & 0o077 != 0
    {
        tracing::warn!(file.path = %path.display(), "the master key can be read by other users of this machine");
    }
    #[cfg(not(unix))]
    let _ = path;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_and_base64_are_read() {
        let hex = "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff";
        let wanted = hex::decode(hex).unwrap();
        for text in [
            hex,
            "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8=",
            " AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHv8\n",
        ] {
            assert_eq!(MasterKey::parse(text).unwrap().bytes(), wanted, "{text}");
        }
        for bad in
            ["", "short", &hex[2..], "zz0102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1eff"]
        {
            assert!(matches!(MasterKey::parse(bad), Err(MasterKeyError::Format)), "{bad}");
        }
    }

    #[test]
    fn the_first_run_makes_a_private_file_and_the_next_reads_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("data/master.key");
        let first = MasterKey::load_or_create(&path).unwrap();
        let second = MasterKey::load_or_create(&path).unwrap();
        assert_eq!(first.bytes(), second.bytes());
        assert_eq!(std::fs::read_dir(path.parent().unwrap()).unwrap().count(), 1, "no draft is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_file_is_refused_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("master.key");
        std::fs::write(&path, "not a key").unwrap();
        let error = MasterKey::load_or_create(&path).unwrap_err();
        assert!(error.to_string().contains("master.key"), "{error}");
    }

    #[test]
    fn it_is_not_shown() {
        let key = MasterKey::from_bytes([7; 32]);
        assert_eq!(format!("{key:?}"), "MasterKey(<redacted>)");
    }
}
