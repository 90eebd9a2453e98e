//! Short writes of many callers in one transaction.
//!
//! SQLite has one writer, and each transaction costs it a begin, a commit and a flush; a thousand posts due at once wait
//! for nothing else. So who writes while another's transaction runs shares the next one. PostgreSQL writes side by side:
//! there the work runs at once, and each statement of it is a transaction by itself.

use crate::db::{Db, Inner, Pools, Tx};
use crate::error::{Result, StorageError};
use sqlx::SqlitePool;
use std::future::Future;
use std::pin::Pin;
use tokio::sync::{mpsc, oneshot};

/// Most callers in one transaction, so that none waits long for the others.
const MOST: usize = 64;

/// A future that borrows the transaction.
pub type Writing<'t, T> = Pin<Box<dyn Future<Output = Result<T>> + Send + 't>>;

impl Db {
    /// Runs a short write and returns when it is committed. On PostgreSQL it must be a single statement: each one commits
    /// by itself. `work` runs again, alone, when the transaction it shared failed by another's fault; so it may do nothing
    /// but through the transaction.
    pub async fn write_shared<T, W>(&self, work: W) -> Result<T>
    where
        T: Send + 'static,
        W: for<'t> Fn(&'t mut Tx) -> Writing<'t, T> + Send + 'static,
    {
        let writer = match &self.pools {
            Pools::Postgres { pool, .. } => {
                let mut connection = Tx(Inner::PostgresRead(pool.acquire().await?));
                return work(&mut connection).await;
            }
            Pools::Sqlite { shared, .. } => shared,
        };
        let (reply, outcome) = oneshot::channel();
        let caller = Caller { work, result: None, reply };
        writer.send(Box::new(caller)).await.map_err(|_| closed())?;
        outcome.await.map_err(|_| closed())?
    }
}

/// The task that writes for all callers; ends when the last [`Db`] is dropped.
pub(crate) fn start(pool: SqlitePool) -> mpsc::Sender<Box<dyn Shared>> {
    let (sender, mut waiting) = mpsc::channel::<Box<dyn Shared>>(MOST);
    tokio::spawn(async move {
        let mut group = Vec::with_capacity(MOST);
        while waiting.recv_many(&mut group, MOST).await > 0 {
            if write(&pool, &mut group).await.is_ok() {
                group.drain(..).for_each(|caller| caller.finish(Ok(())));
                continue;
            }
            // One's fault must not be the others'.
            for mut caller in group.drain(..) {
                let alone = write(&pool, std::slice::from_mut(&mut caller)).await;
                caller.finish(alone);
            }
        }
    });
    sender
}

/// All in one transaction, or none.
async fn write(pool: &SqlitePool, group: &mut [Box<dyn Shared>]) -> Result<()> {
    let mut tx = Tx(Inner::SqliteTx(pool.begin_with("BEGIN IMMEDIATE").await?));
    for caller in group {
        caller.run(&mut tx).await?;
    }
    tx.commit().await
}

/// One caller's write, whatever it results in.
pub(crate) trait Shared: Send {
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> Writing<'t, ()>;
    fn finish(self: Box<Self>, committed: Result<()>);
}

struct Caller<T, W> {
    work: W,
    result: Option<T>,
    reply: oneshot::Sender<Result<T>>,
}

impl<T, W> Shared for Caller<T, W>
where
    T: Send,
    W: for<'t> Fn(&'t mut Tx) -> Writing<'t, T> + Send,
{
    fn run<'t>(&'t mut self, tx: &'t mut Tx) -> Writing<'t, ()> {
        let Self { work, result, .. } = self;
        let running = work(tx);
        Box::pin(async move {
            *result = Some(running.await?);
            Ok(())
        })
    }

    fn finish(self: Box<Self>, committed: Result<()>) {
        let Self { result, reply, .. } = *self;
        // Whoever stopped waiting for it doesn't want to know.
        drop(reply.send(committed.and_then(|()| result.ok_or_else(closed))));
    }
}

fn closed() -> StorageError {
    StorageError::from(sqlx::Error::PoolClosed)
}
