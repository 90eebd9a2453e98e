//! What the platforms' sign-ins share: the consent page, codes, PKCE, client authentication.

pub(crate) mod client;
mod consent;
mod page;
mod words;

pub(crate) use consent::{Ask, answer, ask, create};
pub(crate) use page::refused;

use crate::state::{Challenge, Code};
use crate::world::Ledger;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// Whether `verifier` answers the challenge, RFC 7636 section 4.6.
pub(crate) fn verifies(challenge: &Challenge, verifier: &str) -> bool {
    let fits = (43..=128).contains(&verifier.len())
        && verifier.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~".contains(&b));
    if challenge.s256 {
        fits && URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.as_bytes())) == challenge.value
    } else {
        verifier == challenge.value
    }
}

/// Spends a code: `None` when it is unknown. A code used twice revokes what it gave (RFC 6749 section 4.1.2).
pub(crate) fn spend_code(ledger: &mut Ledger, value: &str, now: i64) -> Option<Code> {
    let code = ledger.codes.get(value)?.clone();
    if code.used {
        ledger.record(crate::state::Entry::FamilyRevoked(code.family));
        return None;
    }
    if code.expires_at <= now {
        return None;
    }
    let spent = Code { used: true, ..code.clone() };
    ledger.record(crate::state::Entry::Code(spent));
    Some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_example_of_rfc_7636_appendix_b_verifies() {
        let challenge =
            Challenge { value: "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM".to_owned(), s256: true };
        assert!(verifies(&challenge, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"));
        assert!(!verifies(&challenge, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXl"));
    }
}
