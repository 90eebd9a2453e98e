//! The accounts that numbers are of.

use crate::context::Context;
use crate::errors::OrInternal as _;
use model::statistics::NumberedAccount;
use model::{AccountId, ApiError, ApiResult, WorkspaceId};
use storage::Tx;
use storage::accounts::AccountName;

/// The accounts of a workspace, in the order of the accounts page; those that were disconnected come last.
#[derive(Clone, Debug)]
pub(crate) struct Names(pub(super) Vec<NumberedAccount>);

impl Names {
    pub(crate) async fn of(context: &Context, tx: &mut Tx, workspace: WorkspaceId) -> ApiResult<Self> {
        let rows = storage::accounts::names(tx, workspace).await.or_internal()?;
        Ok(Self(rows.into_iter().map(|row| numbered(context, row)).collect()))
    }

    /// `NotFound` where the workspace has no such account.
    pub(crate) fn get(&self, id: AccountId) -> ApiResult<&NumberedAccount> {
        self.0.iter().find(|account| account.id == id).ok_or(ApiError::NotFound)
    }

    pub(super) fn connected(&self) -> impl Iterator<Item = &NumberedAccount> {
        self.0.iter().filter(|account| !account.gone)
    }
}

fn numbered(context: &Context, row: AccountName) -> NumberedAccount {
    let sandbox =
        context.registry.is_sandbox(row.platform) && row.host == context.registry.get(row.platform).host();
    NumberedAccount {
        id: row.id,
        platform: row.platform,
        handle: row.handle,
        name: row.name,
        // Not copied to us, as on the accounts page.
        avatar: None,
        sandbox,
        gone: !row.connected,
    }
}
