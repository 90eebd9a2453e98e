//! PostgreSQL servers and databases for tests. `.ci/pg` finds, starts and removes the servers; it runs for as long as
//! the pipe to its standard input is open, so a server ends with the test process, however that ends.

use crate::Error;
use sqlx::{AssertSqlSafe, Connection, Executor, PgConnection};
use std::io::{BufRead, BufReader};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use url::Url;

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../.ci/pg");

/// A server with the rights to create databases and extensions.
#[derive(Debug)]
pub struct Postgres {
    /// An address of the server; its path, the database's name, is replaced.
    address: Url,
    /// Absent when the server was there before: then it also stays.
    own: Option<Own>,
}

#[derive(Debug)]
struct Own {
    folder: String,
    holder: Child,
    /// The server ends when this is closed.
    lifeline: Option<ChildStdin>,
}

impl Postgres {
    /// The server of all tests of this process: that of `FANFARE_TEST_POSTGRES` (a URL) if set, as `make test` does,
    /// and otherwise one of our own, started by the first call. Never stop this one: other tests run on it.
    ///
    /// # Errors
    /// When PostgreSQL 15 or later is not installed or doesn't start.
    pub fn shared() -> Result<&'static Self, Error> {
        static SHARED: OnceLock<Postgres> = OnceLock::new();
        if let Some(server) = SHARED.get() {
            return Ok(server);
        }
        let server = match std::env::var("FANFARE_TEST_POSTGRES") {
            Ok(address) => Self { address: Url::parse(&address)?, own: None },
            Err(_) => Self::start()?,
        };
        // Two first calls at once: the server that comes second is dropped, and so ended.
        Ok(SHARED.get_or_init(|| server))
    }

    /// A server for one test alone, which may take it away with [`pause`](Self::pause). It ends when dropped. Blocks
    /// for about a second.
    ///
    /// # Errors
    /// When PostgreSQL 15 or later is not installed or doesn't start.
    pub fn start() -> Result<Self, Error> {
        let program = || format!("{SCRIPT} hold");
        let mut holder = Command::new(SCRIPT)
            .arg("hold")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|source| Error::Program { program: program(), source })?;
        let lifeline = holder.stdin.take();
        let mut output = String::new();
        if let Some(stdout) = holder.stdout.take() {
            BufReader::new(stdout)
                .read_line(&mut output)
                .map_err(|source| Error::Program { program: program(), source })?;
        }
        let Some((folder, address)) = output.trim_end().split_once(' ') else {
            return Err(Error::NoServer { program: program(), output });
        };
        let address = Url::parse(address)?;
        Ok(Self { address, own: Some(Own { folder: folder.to_owned(), holder, lifeline }) })
    }

    /// Takes the server away, as a crash would; committed data stay. A shared server can't be paused.
    ///
    /// # Errors
    /// When the server is shared, or `.ci/pg` fails.
    pub fn pause(&self) -> Result<(), Error> {
        self.control("stop")
    }

    /// Brings the server back at the same address, and returns when it takes connections.
    ///
    /// # Errors
    /// When the server is shared, or doesn't start.
    pub fn resume(&self) -> Result<(), Error> {
        self.control("start")
    }

    fn control(&self, verb: &str) -> Result<(), Error> {
        let program = format!("{SCRIPT} {verb}");
        let Some(own) = &self.own else {
            return Err(Error::NoServer { program, output: "the shared server stays".to_owned() });
        };
        let run = Command::new(SCRIPT).args([verb, &own.folder]).output();
        let done = run.map_err(|source| Error::Program { program: program.clone(), source })?;
        if !done.status.success() {
            return Err(Error::NoServer {
                program,
                output: String::from_utf8_lossy(&done.stderr).into_owned(),
            });
        }
        Ok(())
    }

    /// An empty database of its own, dropped with the value.
    ///
    /// # Errors
    /// When the server can't be reached or refuses.
    pub async fn database(&self) -> Result<TestDatabase, Error> {
        let (name, url) = self.create_database().await?;
        Ok(TestDatabase { name, url, server: self.address.clone() })
    }

    /// Name and URL of a new, empty database.
    async fn create_database(&self) -> Result<(String, Url), Error> {
        let mut connection = PgConnection::connect(self.address.as_str()).await?;
        // The server draws the name, since several test processes share it.
        let name: String = sqlx::query_scalar("SELECT 'test_' || replace(gen_random_uuid()::text, '-', '')")
            .fetch_one(&mut connection)
            .await?;
        connection.execute(AssertSqlSafe(format!("CREATE DATABASE {name} TEMPLATE template0"))).await?;
        connection.close().await?;
        let mut url = self.address.clone();
        url.set_path(&name);
        Ok((name, url))
    }
}

impl Drop for Own {
    fn drop(&mut self) {
        self.lifeline.take();
        // An error means that it is gone already.
        let _ = self.holder.wait();
    }
}

/// An empty database; dropping the value drops it, open connections notwithstanding.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    url: Url,
    server: Url,
}

impl TestDatabase {
    /// `postgres://user:password@host:port/name`
    #[must_use]
    pub fn url(&self) -> &str {
        self.url.as_str()
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let (server, name) = (self.server.clone(), std::mem::take(&mut self.name));
        // A thread with a runtime of its own: the test's runtime may be waiting for this drop. A server that is gone
        // took the database along, so errors are of no interest.
        let dropping = std::thread::spawn(move || {
            let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else {
                return;
            };
            runtime.block_on(async {
                if let Ok(mut connection) = PgConnection::connect(server.as_str()).await {
                    let sql = format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)");
                    let _ = connection.execute(AssertSqlSafe(sql)).await;
                }
            });
        });
        let _ = dropping.join();
    }
}

/// The URL of an empty database on the shared server that stays until the server ends; prefer
/// [`Postgres::database`], which cleans up.
///
/// # Errors
/// When there is no server, or it refuses.
pub async fn fresh_postgres_url() -> Result<String, Error> {
    Ok(Postgres::shared()?.create_database().await?.1.into())
}
