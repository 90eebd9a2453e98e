//! Randomness, tokens and passwords.

use argon2::Argon2;
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use std::sync::LazyLock;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

/// The system gives no random bytes; nothing secret can be made.
#[derive(Debug, thiserror::Error)]
#[error("the system's random generator failed: {0}")]
pub struct NoRandomness(getrandom::Error);

/// Random bytes of the operating system: the one place that asks for them.
///
/// # Errors
/// When the system gives none, as it may while starting.
pub fn random<const N: usize>() -> Result<[u8; N], NoRandomness> {
    let mut bytes = [0_u8; N];
    #[expect(clippy::disallowed_methods, reason = "this is where everyone else gets randomness")]
    getrandom::fill(&mut bytes).map_err(NoRandomness)?;
    Ok(bytes)
}

/// A secret to hand out: 256 random bits in base64url.
///
/// # Errors
/// When the system gives no randomness.
pub fn new_token() -> Result<String, NoRandomness> {
    Ok(URL_SAFE_NO_PAD.encode(random::<32>()?))
}

/// What is stored of a token. A plain hash will do: a token has too many bits to be guessed.
pub fn token_hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Names a line of the log to a person. Not a secret, so a failing generator gives a poor one rather than an error.
pub fn trace_id() -> String {
    hex::encode(random::<6>().unwrap_or_default())
}

/// For jitter, which need not be secret either.
pub fn random_byte() -> u8 {
    random::<1>().map_or(0, |[byte]| byte)
}

/// A password can't be hashed or compared.
#[derive(Debug, thiserror::Error)]
pub enum PasswordError {
    #[error("hashing a password failed: {0}")]
    Hash(argon2::password_hash::Error),
    #[error("the thread that hashes passwords ended")]
    Thread,
}

/// Each hash takes 19 MiB and some hundredths of a second of one core: a flood of sign-ins waits here instead of
/// taking all memory.
static HASHING: Semaphore = Semaphore::const_new(4);

/// Compared when there is no such person, so that an unknown name takes as long as a known one.
static NOBODY: LazyLock<Option<String>> = LazyLock::new(|| hash(b"nobody has this password").ok());

fn hash(password: &[u8]) -> Result<String, PasswordError> {
    let hash: PasswordHash = Argon2::default().hash_password(password).map_err(PasswordError::Hash)?;
    Ok(hash.to_string())
}

fn verify(password: &[u8], hash: &str) -> bool {
    PasswordVerifier::<str>::verify_password(&Argon2::default(), password, hash).is_ok()
}

/// Argon2id with OWASP's parameters (the crate's default), in PHC format.
///
/// # Errors
/// When the thread or the hash fails.
pub async fn hash_password(password: String) -> Result<String, PasswordError> {
    let password = Zeroizing::new(password);
    blocking(move || hash(password.as_bytes())).await?
}

/// Whether the password is the one behind `hash`; without a hash false, after the same time.
///
/// # Errors
/// When the thread fails.
pub async fn verify_password(password: String, hash: Option<String>) -> Result<bool, PasswordError> {
    let password = Zeroizing::new(password);
    blocking(move || match hash {
        Some(hash) => verify(password.as_bytes(), &hash),
        None => {
            if let Some(nobody) = NOBODY.as_deref() {
                verify(password.as_bytes(), nobody);
            }
            false
        }
    })
    .await
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, PasswordError> {
    let permit = HASHING.acquire().await.map_err(|_| PasswordError::Thread)?;
    let counted = move || {
        // Held by the thread, which goes on when the caller is gone.
        let _permit = permit;
        work()
    };
    tokio::task::spawn_blocking(counted).await.map_err(|_| PasswordError::Thread)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_long_and_differ() {
        let (a, b) = (new_token().unwrap(), new_token().unwrap());
        assert_eq!(a.len(), 43);
        assert_ne!(a, b);
        assert_ne!(token_hash(&a), token_hash(&b));
        assert!(a.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'), "{a}");
    }

    #[tokio::test]
    async fn a_password_is_told_from_others() {
        let hash = hash_password("correct horse".to_owned()).await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(verify_password("correct horse".to_owned(), Some(hash.clone())).await.unwrap());
        assert!(!verify_password("correct house".to_owned(), Some(hash)).await.unwrap());
        assert!(!verify_password("nobody has this password".to_owned(), None).await.unwrap());
    }
}
