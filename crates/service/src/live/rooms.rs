//! The workspaces that somebody of this process listens to.

use model::WorkspaceId;
use model::live::Tally;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, watch};

type Rooms = HashMap<WorkspaceId, watch::Sender<Option<Tally>>>;

/// Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Live {
    /// Each with its numbers as last read. A listener that is slow sees the last ones.
    rooms: Arc<Mutex<Rooms>>,
    bell: Arc<Notify>,
}

impl Live {
    fn rooms(&self) -> MutexGuard<'_, Rooms> {
        let mut rooms = self.rooms.lock().unwrap_or_else(PoisonError::into_inner);
        rooms.retain(|_, room| room.receiver_count() > 0);
        rooms
    }

    pub(super) fn enter(&self, workspace: WorkspaceId) -> watch::Receiver<Option<Tally>> {
        let receiver = self.rooms().entry(workspace).or_default().subscribe();
        self.bell.notify_one();
        receiver
    }

    pub(super) fn ring(&self) {
        self.bell.notify_one();
    }

    /// Waits for a new listener or a change of our own.
    pub(super) async fn rung(&self) {
        self.bell.notified().await;
    }

    pub(super) fn all(&self) -> Vec<WorkspaceId> {
        self.rooms().keys().copied().collect()
    }

    /// Those whose numbers were never read.
    pub(super) fn unread(&self) -> Vec<WorkspaceId> {
        self.rooms().iter().filter(|(_, room)| room.borrow().is_none()).map(|(id, _)| *id).collect()
    }

    /// Those that are named by these words; an empty one names all.
    pub(super) fn among<'w>(&self, words: impl Iterator<Item = &'w str>) -> Vec<WorkspaceId> {
        let rooms = self.rooms();
        let mut named: Vec<WorkspaceId> = Vec::new();
        for word in words {
            match word.parse() {
                Ok(workspace) if rooms.contains_key(&workspace) => named.push(workspace),
                Ok(_) => {}
                Err(_) => return rooms.keys().copied().collect(),
            }
        }
        named.sort_unstable();
        named.dedup();
        named
    }

    /// Tells the listeners of a workspace, if its numbers are new.
    pub(super) fn show(&self, workspace: WorkspaceId, tally: Tally) {
        if let Some(room) = self.rooms().get(&workspace) {
            room.send_if_modified(|known| known.replace(tally) != Some(tally));
        }
    }
}
