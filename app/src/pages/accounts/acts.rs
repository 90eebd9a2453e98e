use crate::components::{error_at_first, tell};
use crate::server_fns::accounts::{
    CheckAccount, ConnectAccount, ConnectBluesky, DisconnectAccount, EditAccount,
};
use crate::state::use_words;
use leptos::prelude::*;
use model::{ApiError, Permission, Role};

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
        let w = use_words().accounts();
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
        tell(acts.disconnect, move |()| w.done_disconnected().to_owned(), again);
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
