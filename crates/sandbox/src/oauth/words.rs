//! The consent page's words, in English and French.

use crate::state::Platform;
use http::{HeaderMap, header};

/// Words of one language.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words {
    pub(crate) lang: &'static str,
    pub(crate) banner: &'static str,
    pub(crate) title: fn(Platform) -> String,
    pub(crate) asks: &'static str,
    pub(crate) who: &'static str,
    pub(crate) other: &'static str,
    pub(crate) other_hint: &'static str,
    pub(crate) scopes: &'static str,
    pub(crate) scopes_hint: &'static str,
    pub(crate) approve: &'static str,
    pub(crate) deny: &'static str,
    pub(crate) back_to: &'static str,
}

const ENGLISH: Words = Words {
    lang: "en",
    banner: "Sandbox: nothing leaves this machine",
    title: |p| format!("Sign in with {} (sandbox)", p.name()),
    asks: "asks for access to an account.",
    who: "Who are you?",
    other: "Someone else",
    other_hint: "Any handle; a new person is made if nobody has it.",
    scopes: "What it may do",
    scopes_hint: "Untick what you do not want to grant.",
    approve: "Authorize",
    deny: "Cancel",
    back_to: "You will return to",
};

const FRENCH: Words = Words {
    lang: "fr",
    banner: "Bac à sable : rien ne quitte cette machine",
    title: |p| format!("Se connecter avec {} (bac à sable)", p.name()),
    asks: "demande l’accès à un compte.",
    who: "Qui êtes-vous ?",
    other: "Quelqu’un d’autre",
    other_hint: "N’importe quel identifiant ; une nouvelle personne est créée si personne ne l’a.",
    scopes: "Ce qu’elle pourra faire",
    scopes_hint: "Décochez ce que vous ne voulez pas accorder.",
    approve: "Autoriser",
    deny: "Annuler",
    back_to: "Vous reviendrez à",
};

impl Words {
    /// The first of English and French that the browser names; English otherwise.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let first = accepted
            .split(',')
            .filter_map(|l| l.trim().get(..2))
            .map(str::to_ascii_lowercase)
            .find(|l| l == "en" || l == "fr");
        if first.as_deref() == Some("fr") { FRENCH } else { ENGLISH }
    }
}
