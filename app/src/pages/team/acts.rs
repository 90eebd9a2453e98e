use crate::components::{error_at_first, tell};
use crate::server_fns::team::{ChangeRole, Invite, RemoveMember, RevokeInvitation};
use crate::state::use_words;
use leptos::prelude::*;
use model::ApiError;

/// What can be done on the page. Copied freely.
#[derive(Clone, Copy)]
pub(super) struct Acts {
    pub(super) change_role: ServerAction<ChangeRole>,
    pub(super) remove: ServerAction<RemoveMember>,
    pub(super) invite: ServerAction<Invite>,
    pub(super) revoke: ServerAction<RevokeInvitation>,
}

impl Acts {
    /// `changed` loads the team again.
    pub(super) fn new(changed: Callback<()>) -> Self {
        let w = use_words().team();
        let acts = Self {
            change_role: ServerAction::new(),
            remove: ServerAction::new(),
            invite: ServerAction::new(),
            revoke: ServerAction::new(),
        };
        let again = move || changed.run(());
        tell(acts.change_role, move |()| w.done_role().to_owned(), again);
        tell(acts.remove, move |()| w.done_removed().to_owned(), again);
        tell(acts.revoke, move |()| w.done_withdrawn().to_owned(), again);
        // The form tells the rest.
        Effect::new(move || {
            if acts.invite.value().with(|value| matches!(value, Some(Ok(_)))) {
                again();
            }
        });
        acts
    }

    /// The errors with which plain forms came back.
    pub(super) fn errors_at_first(self) -> Vec<Option<ApiError>> {
        vec![error_at_first(self.change_role), error_at_first(self.remove), error_at_first(self.revoke)]
    }
}
