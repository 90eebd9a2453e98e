//! Connections and transactions of either engine.

use crate::error::{Result, StorageError};
use crate::shared_write::{self, Shared};
use model::clock::SharedClock;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgListener, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{
    Connection as _, PgConnection, PgPool, Postgres, Sqlite, SqliteConnection, SqlitePool, Transaction,
};
use std::str::FromStr;
use std::time::Duration;
use tokio::sync::mpsc;

/// A connection not used for so long is tried before it is used.
const RESTED: Duration = Duration::from_millis(500);

/// How to connect.
#[derive(Clone, Debug)]
pub struct ConnectOptions {
    /// `sqlite:<path>` or `postgres://…`.
    pub url: String,
    /// Most connections of this process; at least five on PostgreSQL.
    pub max_connections: u32,
}

/// The database.
#[derive(Clone, Debug)]
pub struct Db {
    pub(crate) pools: Pools,
    clock: SharedClock,
}

#[derive(Clone, Debug)]
pub(crate) enum Pools {
    /// One writer beside readers: SQLite has a single writer, and waiting in our queue is fairer than its busy loop.
    Sqlite {
        read: SqlitePool,
        write: SqlitePool,
        /// Who shares the writer's transactions.
        shared: mpsc::Sender<Box<dyn Shared>>,
    },
    Postgres {
        pool: PgPool,
        /// See [`Db::for_worker`].
        worker: PgPool,
    },
}

impl Db {
    /// Connects; creates the SQLite file if it isn't there. Does not migrate.
    pub async fn connect(options: &ConnectOptions, clock: SharedClock) -> Result<Self> {
        let pools = if options.url.starts_with("sqlite:") {
            Self::connect_sqlite(options).await?
        } else if options.url.starts_with("postgres:") || options.url.starts_with("postgresql:") {
            Self::connect_postgres(options).await?
        } else {
            return Err(StorageError::Address("it must begin with sqlite: or postgres:".to_owned()));
        };
        Ok(Self { pools, clock })
    }

    async fn connect_postgres(options: &ConnectOptions) -> Result<Pools> {
        let connect = PgConnectOptions::from_str(&options.url)
            .map_err(|e| StorageError::Address(e.to_string()))?
            .application_name("fanfare");
        let half = (options.max_connections / 2).max(2);
        let limits = PgPoolOptions::new()
            .acquire_timeout(Duration::from_secs(10))
            // A server that went away is noticed on connections that rested; a ping before every use would be one
            // more round trip for each transaction.
            .test_before_acquire(false)
            .before_acquire(|connection, about| {
                Box::pin(async move {
                    if about.idle_for < RESTED {
                        return Ok(true);
                    }
                    Ok(connection.ping().await.is_ok())
                })
            });
        // A worker repeats a handful of statements, none of which depends on what is asked for: one plan each will do. Planning
        // them anew on each connection took a fifth of a burst.
        let one_plan = connect.clone().options([("plan_cache_mode", "force_generic_plan")]);
        let worker = limits.clone().max_connections(half).connect_lazy_with(one_plan);
        // One more hears of changes: see `Db::listen`.
        let rest = options.max_connections.saturating_sub(half + 1).max(2);
        match limits.max_connections(rest).connect_with(connect.clone()).await {
            Ok(pool) => Ok(Pools::Postgres { pool, worker }),
            // The pool tries until its time is over and keeps the reason to itself; a single connection tells it.
            Err(sqlx::Error::PoolTimedOut) => match PgConnection::connect_with(&connect).await {
                Ok(_) => Err(sqlx::Error::PoolTimedOut.into()),
                Err(reason) => Err(reason.into()),
            },
            Err(other) => Err(other.into()),
        }
    }

    async fn connect_sqlite(options: &ConnectOptions) -> Result<Pools> {
        let connect = SqliteConnectOptions::from_str(&options.url)
            .map_err(|e| StorageError::Address(e.to_string()))?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // Each commit is on the disk: after a power cut a claim must not be gone while its post is out, nor a post that was saved.
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true);
        let write = SqlitePoolOptions::new()
            .max_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .acquire_timeout(Duration::from_secs(30))
            .test_before_acquire(false)
            .connect_with(connect.clone())
            .await?;
        let read = SqlitePoolOptions::new()
            .max_connections(options.max_connections.saturating_sub(1).clamp(1, 4))
            .acquire_timeout(Duration::from_secs(30))
            .test_before_acquire(false)
            .connect_with(connect.pragma("query_only", "ON"))
            .await?;
        let shared = shared_write::start(write.clone());
        Ok(Pools::Sqlite { read, write, shared })
    }

    /// The same database for the worker of this process: on PostgreSQL with half of the connections for itself, so that a burst
    /// of posts and people's requests don't wait for each other.
    #[must_use]
    pub fn for_worker(&self) -> Self {
        match &self.pools {
            Pools::Sqlite { .. } => self.clone(),
            Pools::Postgres { worker, .. } => {
                let pools = Pools::Postgres { pool: worker.clone(), worker: worker.clone() };
                Self { pools, clock: self.clock.clone() }
            }
        }
    }

    /// The one clock of the process.
    pub fn clock(&self) -> &SharedClock {
        &self.clock
    }

    pub fn is_postgres(&self) -> bool {
        matches!(self.pools, Pools::Postgres { .. })
    }

    /// A transaction that may write. On SQLite it takes the write lock at once.
    pub async fn begin(&self) -> Result<Tx> {
        Ok(match &self.pools {
            Pools::Sqlite { write, .. } => Tx(Inner::SqliteTx(write.begin_with("BEGIN IMMEDIATE").await?)),
            Pools::Postgres { pool, .. } => Tx(Inner::PostgresTx(pool.begin().await?)),
        })
    }

    /// A connection for reading; SQLite refuses writes on it.
    pub async fn read(&self) -> Result<Tx> {
        Ok(match &self.pools {
            Pools::Sqlite { read, .. } => Tx(Inner::SqliteRead(read.acquire().await?)),
            Pools::Postgres { pool, .. } => Tx(Inner::PostgresRead(pool.acquire().await?)),
        })
    }

    /// A transaction that only reads, and sees all tables as they were at one moment while others go on writing.
    pub async fn snapshot(&self) -> Result<Tx> {
        Ok(match &self.pools {
            Pools::Sqlite { read, .. } => Tx(Inner::SqliteTx(read.begin().await?)),
            Pools::Postgres { pool, .. } => Tx(Inner::PostgresTx(
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?,
            )),
        })
    }

    /// The pool behind the job queue, on SQLite.
    pub fn sqlite_writer(&self) -> Option<&SqlitePool> {
        match &self.pools {
            Pools::Sqlite { write, .. } => Some(write),
            Pools::Postgres { .. } => None,
        }
    }

    /// The pool behind the job queue, on PostgreSQL.
    pub fn postgres(&self) -> Option<&PgPool> {
        match &self.pools {
            Pools::Sqlite { .. } => None,
            Pools::Postgres { pool, .. } => Some(pool),
        }
    }

    /// A connection of its own, beside the pools, that hears what is told on `channel`; none on SQLite, where nothing is told.
    /// When it is lost it gives `None` once, and is to be dropped.
    pub async fn listen(&self, channel: &str) -> Result<Option<PgListener>> {
        let Pools::Postgres { pool, .. } = &self.pools else { return Ok(None) };
        let own =
            PgPoolOptions::new().max_connections(1).connect_lazy_with((*pool.connect_options()).clone());
        let mut listener = PgListener::connect_with(&own).await?;
        listener.eager_reconnect(false);
        listener.listen(channel).await?;
        Ok(Some(listener))
    }

    /// Waits for running queries, then closes.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { read, write, .. } => {
                read.close().await;
                write.close().await;
            }
            Pools::Postgres { pool, worker } => {
                pool.close().await;
                worker.close().await;
            }
        }
    }
}

/// A transaction, or a connection for reading. Dropped without [`Tx::commit`] it rolls back.
#[derive(Debug)]
pub struct Tx(pub(crate) Inner);

#[derive(Debug)]
pub(crate) enum Inner {
    SqliteTx(Transaction<'static, Sqlite>),
    SqliteRead(PoolConnection<Sqlite>),
    PostgresTx(Transaction<'static, Postgres>),
    PostgresRead(PoolConnection<Postgres>),
}

/// The engine's own connection, for the macros of `sql` and for the job queue, which enqueues in our transaction.
#[derive(Debug)]
pub enum EngineConn<'c> {
    Sqlite(&'c mut SqliteConnection),
    Postgres(&'c mut PgConnection),
}

impl Tx {
    pub async fn commit(self) -> Result<()> {
        match self.0 {
            Inner::SqliteTx(tx) => tx.commit().await?,
            Inner::PostgresTx(tx) => tx.commit().await?,
            Inner::SqliteRead(_) | Inner::PostgresRead(_) => {}
        }
        Ok(())
    }

    pub fn as_engine(&mut self) -> EngineConn<'_> {
        match &mut self.0 {
            Inner::SqliteTx(tx) => EngineConn::Sqlite(&mut *tx),
            Inner::SqliteRead(conn) => EngineConn::Sqlite(&mut *conn),
            Inner::PostgresTx(tx) => EngineConn::Postgres(&mut *tx),
            Inner::PostgresRead(conn) => EngineConn::Postgres(&mut *conn),
        }
    }
}
