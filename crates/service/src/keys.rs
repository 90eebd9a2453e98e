//! Keys: one master key, from which a subkey per purpose is derived, and what is done with them.
//!
//! A sealed value is `key id (1 byte) | nonce (24) | ciphertext and tag`. It is bound to the place it is stored in: moved to
//! another workspace, row or column it doesn't open.

mod check;
mod master;

pub use check::KeyCheckError;
pub use master::{MasterKey, MasterKeyError};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use model::{MediaId, WorkspaceId};
use sha2::Sha256;
use std::fmt;
use uuid::Uuid;
use zeroize::Zeroizing;

/// The id written before every sealed value, so that a later key can be told from this one.
const KEY_ID: u8 = 1;
const NONCE_LEN: usize = 24;
/// Separates our subkeys from those of any other program with the same master key.
const SALT: &[u8] = b"fanfare/v1";

/// What a subkey is for; the text goes into its derivation and never changes.
const PURPOSE_SEAL: &[u8] = b"seal";
const PURPOSE_MEDIA: &[u8] = b"media-url";
const PURPOSE_BACKUP: &[u8] = b"backup";

/// Where a sealed value is stored: it opens there only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub workspace: WorkspaceId,
    /// Id of the row.
    pub row: Uuid,
    /// `table.column`.
    pub column: &'static str,
}

impl Place {
    pub fn new(workspace: WorkspaceId, row: impl Into<Uuid>, column: &'static str) -> Self {
        Self { workspace, row: row.into(), column }
    }

    /// Fixed lengths first, so that two places never give the same bytes.
    fn associated_data(&self) -> Vec<u8> {
        [self.workspace.0.as_bytes(), self.row.as_bytes().as_slice(), self.column.as_bytes()].concat()
    }
}

/// A value can't be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The system gives no random bytes.
    #[error("no randomness: {0}")]
    Random(#[from] crate::secrets::NoRandomness),
    #[error("the value is too short to be a sealed one")]
    TooShort,
    #[error("sealed with key {0}, which this server doesn't have")]
    UnknownKey(u8),
    /// Wrong key, another place, or changed bytes; which of them can't be told.
    #[error("the sealed value doesn't open here")]
    DoesNotOpen,
    /// A derivation refused its lengths, which are constants here.
    #[error("key derivation failed")]
    Derivation,
}

/// The subkeys of this process.
pub struct Keys {
    seal: Zeroizing<[u8; 32]>,
    media: Zeroizing<[u8; 32]>,
    backup: Zeroizing<[u8; 32]>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys(<redacted>)")
    }
}

impl Keys {
    /// # Errors
    /// [`SealError::Derivation`], which these constant lengths never cause.
    pub fn new(master: &MasterKey) -> Result<Self, SealError> {
        let derivation = Hkdf::<Sha256>::new(Some(SALT), master.bytes());
        let subkey = |purpose: &[u8]| {
            let mut key = Zeroizing::new([0_u8; 32]);
            derivation.expand(purpose, key.as_mut_slice()).map_err(|_| SealError::Derivation)?;
            Ok::<_, SealError>(key)
        };
        Ok(Self {
            seal: subkey(PURPOSE_SEAL)?,
            media: subkey(PURPOSE_MEDIA)?,
            backup: subkey(PURPOSE_BACKUP)?,
        })
    }

    /// Encrypts for storage at `place`.
    ///
    /// # Errors
    /// When the system gives no randomness.
    pub fn seal(&self, place: &Place, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        let nonce: [u8; NONCE_LEN] = crate::secrets::random()?;
        let aad = place.associated_data();
        let sealed = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: plain, aad: &aad })
            .map_err(|_| SealError::DoesNotOpen)?;
        let mut out = Vec::with_capacity(1 + NONCE_LEN + sealed.len());
        out.push(KEY_ID);
        out.extend_from_slice(&nonce);
        out.extend_from_slice(&sealed);
        Ok(out)
    }

    /// Decrypts what [`seal`](Self::seal) gave for the same place. The bytes are wiped when dropped.
    ///
    /// # Errors
    /// When it was sealed with another key or for another place, or was changed.
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealError> {
        let (&key_id, rest) = sealed.split_first().ok_or(SealError::TooShort)?;
        if key_id != KEY_ID {
            return Err(SealError::UnknownKey(key_id));
        }
        let (nonce, ciphertext) = rest.split_first_chunk::<NONCE_LEN>().ok_or(SealError::TooShort)?;
        let aad = place.associated_data();
        self.cipher()
            .decrypt(&XNonce::from(*nonce), Payload { msg: ciphertext, aad: &aad })
            .map(Zeroizing::new)
            .map_err(|_| SealError::DoesNotOpen)
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&(*self.seal).into())
    }

    /// The signature of a media address: base64url of HMAC-SHA256 over media, rendition and end (seconds since 1970).
    pub fn media_url_mac(&self, media: MediaId, rendition: &str, expires_at: i64) -> String {
        URL_SAFE_NO_PAD.encode(self.media_mac(media, rendition, expires_at).finalize().into_bytes())
    }

    /// Whether `mac` is that signature; compared in constant time.
    pub fn media_url_mac_is(&self, media: MediaId, rendition: &str, expires_at: i64, mac: &str) -> bool {
        URL_SAFE_NO_PAD
            .decode(mac)
            .is_ok_and(|mac| self.media_mac(media, rendition, expires_at).verify_slice(&mac).is_ok())
    }

    /// The signature of a backup's list of contents, in hexadecimal digits.
    pub fn sign_backup(&self, contents: &[u8]) -> String {
        let mut mac = mac_by(&self.backup);
        mac.update(contents);
        hex::encode(mac.finalize().into_bytes())
    }

    /// Whether `signature` is that; compared in constant time.
    pub fn has_signed_backup(&self, contents: &[u8], signature: &str) -> bool {
        let mut mac = mac_by(&self.backup);
        mac.update(contents);
        hex::decode(signature).is_ok_and(|signature| mac.verify_slice(&signature).is_ok())
    }

    fn media_mac(&self, media: MediaId, rendition: &str, expires_at: i64) -> Hmac<Sha256> {
        let mut mac = mac_by(&self.media);
        mac.update(media.0.as_bytes());
        mac.update(&expires_at.to_be_bytes());
        mac.update(rendition.as_bytes());
        mac
    }
}

fn mac_by(key: &[u8; 32]) -> Hmac<Sha256> {
    // HMAC's own key is a block of 64 bytes; a shorter key is padded with zeros.
    let mut block = Zeroizing::new([0_u8; 64]);
    block[..32].copy_from_slice(key);
    <Hmac<Sha256> as hmac::KeyInit>::new(&(*block).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(byte: u8) -> Keys {
        Keys::new(&MasterKey::from_bytes([byte; 32])).unwrap()
    }

    fn place(workspace: u128, row: u128, column: &'static str) -> Place {
        Place::new(WorkspaceId(Uuid::from_u128(workspace)), Uuid::from_u128(row), column)
    }

    #[test]
    fn a_sealed_value_opens_at_its_place_only() {
        let here = place(1, 2, "grant.tokens");
        let sealed = keys(1).seal(&here, b"secret token").unwrap();
        assert!(!sealed.windows(6).any(|bytes| bytes == b"secret"));
        assert_eq!(keys(1).open(&here, &sealed).unwrap().as_slice(), b"secret token");
        for elsewhere in
            [place(9, 2, "grant.tokens"), place(1, 9, "grant.tokens"), place(1, 2, "grant.other")]
        {
            assert!(
                matches!(keys(1).open(&elsewhere, &sealed), Err(SealError::DoesNotOpen)),
                "{elsewhere:?}"
            );
        }
        assert!(matches!(keys(2).open(&here, &sealed), Err(SealError::DoesNotOpen)), "another master key");
    }

    #[test]
    fn changed_bytes_do_not_open() {
        let here = place(1, 2, "grant.tokens");
        let sealed = keys(1).seal(&here, b"secret").unwrap();
        for position in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[position] ^= 1;
            assert!(keys(1).open(&here, &changed).is_err(), "byte {position}");
        }
        for length in 0..sealed.len() {
            assert!(keys(1).open(&here, &sealed[..length]).is_err(), "{length} bytes");
        }
    }

    #[test]
    fn the_same_text_is_never_sealed_alike() {
        let here = place(1, 2, "grant.tokens");
        assert_ne!(keys(1).seal(&here, b"x").unwrap(), keys(1).seal(&here, b"x").unwrap());
    }

    #[test]
    fn a_media_signature_covers_all_its_parts() {
        let media = MediaId(Uuid::from_u128(5));
        let mac = keys(1).media_url_mac(media, "preview", 1_000);
        assert!(keys(1).media_url_mac_is(media, "preview", 1_000, &mac));
        assert!(!keys(1).media_url_mac_is(MediaId(Uuid::from_u128(6)), "preview", 1_000, &mac));
        assert!(!keys(1).media_url_mac_is(media, "thumb", 1_000, &mac));
        assert!(!keys(1).media_url_mac_is(media, "preview", 1_001, &mac));
        assert!(!keys(2).media_url_mac_is(media, "preview", 1_000, &mac));
        assert!(!keys(1).media_url_mac_is(media, "preview", 1_000, ""));
    }

    #[test]
    fn they_are_not_shown() {
        assert_eq!(format!("{:?}", keys(1)), "Keys(<redacted>)");
    }
}
