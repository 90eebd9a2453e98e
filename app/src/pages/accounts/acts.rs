use crate::components::{error_at_first, tell, tell_in_tone};
use crate::server_fns::accounts::{
    CheckAccount, ConnectAccount, ConnectBluesky, DisconnectAccount, EditAccount,
};
use crate::state::use_words;
use crate::words::Words;
use leptos::prelude::*;
use model::account::{Disconnected, Revocation};
use model::{ApiError, Permission, Platform, Role};
use ui::Tone;

/// What can be done on the page. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub(super) connect: ServerAction<ConnectAccount>,
    pub(super) bluesky: ServerAction<ConnectBluesky>,
    pub(super) edit: ServerAction<EditAccount>,
    pub(super) check: ServerAction<CheckAccount>,
    pub(super) disconnect: ServerAction<DisconnectAccount>,
    /// Connect, edit, disconnect.
    pub(super) may_manage: bool,
    /// Ask a platform how the connection is.
    pub(super) may_check: bool,
}

impl Acts {
    /// `changed` loads the page's accounts again.
    pub(super) fn new(role: Role, changed: Callback<()>) -> Self {
        let words = use_words();
        let w = words.accounts();
        let acts = Self {
            connect: ServerAction::new(),
            bluesky: ServerAction::new(),
            edit: ServerAction::new(),
            check: ServerAction::new(),
            disconnect: ServerAction::new(),
            may_manage: role.allows(Permission::ManageAccounts),
            may_check: role.allows(Permission::Publish),
        };
        let again = move || changed.run(());
        // A success leaves the page.
        tell(acts.connect, |()| String::new(), || {});
        tell(acts.edit, move |()| w.done_edited().to_owned(), again);
        tell(acts.check, move |_| w.done_checked().to_owned(), again);
        tell_in_tone(acts.disconnect, move |done| disconnected(words, done), again);
        acts
    }

    /// The errors with which plain forms came back.
    pub(super) fn errors_at_first(self) -> Vec<Option<ApiError>> {
        vec![
            error_at_first(self.connect),
            error_at_first(self.edit),
            error_at_first(self.check),
            error_at_first(self.disconnect),
        ]
    }
}

/// That it is done, or what is left for the person to do.
fn disconnected(words: Words, done: &Disconnected) -> (Tone, String) {
    let w = words.accounts();
    match done.revoked {
        Revocation::Ended | Revocation::Kept => (Tone::Good, w.done_disconnected().to_owned()),
        Revocation::ByHand => {
            let to_do = by_hand(words, done.platform);
            (Tone::Warning, format!("{} {to_do}", w.done_disconnected()))
        }
    }
}

/// How a consent is taken back at the platform itself.
pub(super) fn by_hand(words: Words, platform: Platform) -> String {
    let w = words.accounts();
    match platform {
        Platform::Bluesky => w.by_hand_bluesky().to_owned(),
        Platform::X
        | Platform::Facebook
        | Platform::Instagram
        | Platform::LinkedIn
        | Platform::TikTok
        | Platform::YouTube => w.by_hand(platform.name()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;

    #[test]
    fn what_the_platform_was_not_told_is_left_to_the_person() {
        let told = |revoked, platform| disconnected(Words(Locale::En), &Disconnected { platform, revoked });
        assert_eq!(told(Revocation::Ended, Platform::X).0, Tone::Good);
        assert_eq!(told(Revocation::Kept, Platform::X), told(Revocation::Ended, Platform::X));
        let (tone, text) = told(Revocation::ByHand, Platform::Instagram);
        assert!(tone == Tone::Warning && text.contains("Instagram’s settings"), "{text}");
        assert!(told(Revocation::ByHand, Platform::Bluesky).1.contains("app password"));
    }
}
