//! Tells pages what this worker did, after the commit and at most every 200 ms for each workspace: all that publish for one
//! workspace at once would otherwise wait for each other at its number.

use model::WorkspaceId;
use model::live::Topic;
use service::Context;
use std::collections::BTreeSet;
use std::time::Duration;
use storage::{StorageError, live};
use tokio::sync::mpsc;
use tokio::time::sleep;

/// Between two rounds of telling.
const PAUSE: Duration = Duration::from_millis(200);

/// Where news go. Cheap to clone.
#[derive(Clone)]
pub(crate) struct News(mpsc::UnboundedSender<Word>);

/// Whose, and what of it.
type Word = (WorkspaceId, Topic);

impl News {
    pub(crate) fn new() -> (Self, mpsc::UnboundedReceiver<Word>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self(sender), receiver)
    }

    /// This of the workspace changed.
    pub(crate) fn of(&self, workspace: WorkspaceId, topic: Topic) {
        // Nobody tells any more only when the process ends.
        let _ = self.0.send((workspace, topic));
    }
}

/// Runs until the last [`News`] is dropped and all is told.
pub(crate) async fn run(context: Context, mut news: mpsc::UnboundedReceiver<Word>) {
    // A worker before this one may have died between a commit and its word.
    if let Err(error) = tell_all(&context).await {
        tracing::warn!(%error, "what an earlier process left untold stays so");
    }
    while let Some(first) = news.recv().await {
        let mut words = BTreeSet::from([first]);
        while let Ok(next) = news.try_recv() {
            words.insert(next);
        }
        for (workspace, topic) in words {
            if let Err(error) = tell(&context, workspace, topic).await {
                tracing::warn!(workspace.id = %workspace, %error, "pages were not told of changes");
            }
        }
        sleep(PAUSE).await;
    }
}

async fn tell(context: &Context, workspace: WorkspaceId, topic: Topic) -> Result<(), StorageError> {
    let told = context
        .db
        .write_shared(move |tx| Box::pin(async move { live::tell(tx, workspace, &[topic], None).await }));
    told.await?;
    context.look_at_changes();
    Ok(())
}

async fn tell_all(context: &Context) -> Result<(), StorageError> {
    let mut tx = context.db.begin().await?;
    live::tell_all(&mut tx, Topic::Posts).await?;
    live::tell_all(&mut tx, Topic::Numbers).await?;
    context.commit_told(tx).await
}
