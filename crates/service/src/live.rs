//! Live changes: who changes something notes it in the same transaction, and each process tells those who look.
//!
//! One watcher for each process reads the numbers of those workspaces that somebody listens to: on PostgreSQL when a commit's hint
//! comes, on SQLite after our own commits and twice a second, since another process may have the file open as well.

mod rooms;

use crate::Context;
use model::live::{Tally, Topic};
use model::{Actor, Permission, SessionId, WorkspaceId};
pub use rooms::Live;
use sqlx::postgres::PgNotification;
use std::time::Duration;
use storage::{StorageError, Tx, live, members, sessions};
use tokio::sync::watch;
use tokio::time::sleep;

/// Between two looks at a SQLite file.
const SQLITE_LOOK: Duration = Duration::from_millis(500);
/// After a look: a burst of changes is told now and then, not each by itself.
const PAUSE: Duration = Duration::from_millis(50);
/// After the connection that listens was lost.
const AGAIN: Duration = Duration::from_secs(1);

impl Context {
    /// Commits with the word that these changed in the workspace.
    ///
    /// # Errors
    /// When the database fails; then nothing is committed.
    pub async fn commit_change(
        &self,
        mut tx: Tx,
        workspace: WorkspaceId,
        topics: &[Topic],
    ) -> Result<(), StorageError> {
        live::tell(&mut tx, workspace, topics, None).await?;
        self.commit_told(tx).await
    }

    /// Commits what has been told in the transaction already.
    ///
    /// # Errors
    /// When the database fails; then nothing is committed.
    pub async fn commit_told(&self, tx: Tx) -> Result<(), StorageError> {
        tx.commit().await?;
        self.look_at_changes();
        Ok(())
    }

    /// Lets the watcher of this process look now, after a commit. PostgreSQL sends it a hint by itself.
    pub fn look_at_changes(&self) {
        if !self.db.is_postgres() {
            self.live.ring();
        }
    }

    /// What the workspace's pages compare with later.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn tally(&self, workspace: WorkspaceId) -> Result<Tally, StorageError> {
        let mut read = self.db.read().await?;
        live::tally(&mut read, workspace).await
    }

    /// Whether somebody who listens to the actor's workspace may go on: the session hasn't ended or gone elsewhere, and the person
    /// is still a member.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn may_listen(&self, session: SessionId, actor: Actor) -> Result<bool, StorageError> {
        let mut read = self.db.read().await?;
        let now = self.db.clock().now();
        let Some((person, workspace)) = sessions::place(&mut read, session, now).await? else {
            return Ok(false);
        };
        let role = members::role(&mut read, actor.workspace, person).await?;
        Ok(person == actor.user
            && workspace.is_none_or(|workspace| workspace == actor.workspace)
            && role.is_some_and(|role| role.allows(Permission::View)))
    }

    /// The workspace's numbers from now on; none until the watcher has read them.
    pub fn listen(&self, workspace: WorkspaceId) -> watch::Receiver<Option<Tally>> {
        self.live.enter(workspace)
    }
}

/// The watcher of a process. It ends when it is dropped.
pub async fn watch(context: Context) {
    loop {
        match follow(&context).await {
            Ok(()) => tracing::warn!("lost the connection that hears of changes; making another"),
            Err(error) => tracing::warn!(%error, "changes can't be heard of; trying again"),
        }
        sleep(AGAIN).await;
    }
}

/// Returns when the connection that listens is lost.
async fn follow(context: &Context) -> Result<(), StorageError> {
    let Some(mut listener) = context.db.listen(live::CHANNEL).await? else {
        return look_now_and_then(context).await;
    };
    // What was told before.
    look(context, context.live.all()).await?;
    loop {
        let changed = tokio::select! {
            () = context.live.rung() => context.live.unread(),
            word = listener.try_recv() => {
                let Some(word) = word? else { return Ok(()) };
                let mut words = vec![word];
                words.extend(std::iter::from_fn(|| listener.next_buffered()));
                context.live.among(words.iter().map(PgNotification::payload))
            }
        };
        look(context, changed).await?;
        sleep(PAUSE).await;
    }
}

async fn look_now_and_then(context: &Context) -> Result<(), StorageError> {
    loop {
        let rooms = context.live.all();
        let listened = !rooms.is_empty();
        look(context, rooms).await?;
        sleep(PAUSE).await;
        tokio::select! {
            () = context.live.rung() => {}
            () = sleep(SQLITE_LOOK), if listened => {}
        }
    }
}

async fn look(context: &Context, workspaces: Vec<WorkspaceId>) -> Result<(), StorageError> {
    if workspaces.is_empty() {
        return Ok(());
    }
    let mut read = context.db.read().await?;
    for workspace in workspaces {
        let tally = live::tally(&mut read, workspace).await?;
        context.live.show(workspace, tally);
    }
    Ok(())
}
