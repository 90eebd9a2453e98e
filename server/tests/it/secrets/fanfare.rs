//! `fanfare demo` as a process of its own, with a log in a file, and what is left when it has ended.

use super::Secrets;
use serde_json::Value;
use sqlx::{Connection as _, Row as _};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// A debug build at the loudest level on a busy machine.
const WITHIN: Duration = Duration::from_secs(60);

pub(super) struct Fanfare {
    pub(super) base: String,
    pub(super) sandbox: String,
    pub(super) log: PathBuf,
    pub(super) master_key: String,
    format: String,
    database: Option<String>,
    folder: TempDir,
    child: Option<Child>,
}

fn free_address() -> String {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string()
}

impl Fanfare {
    pub(super) async fn start(format: &str, database: Option<&str>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (listen, sandbox) = (free_address(), free_address());
        let mut fanfare = Self {
            base: format!("http://{listen}"),
            sandbox: format!("http://{sandbox}"),
            log: folder.path().join("fanfare.log"),
            master_key: "5ecc0ffee0ddba11".repeat(4),
            format: format.to_owned(),
            database: database.map(str::to_owned),
            folder,
            child: None,
        };
        let data = fanfare.folder.path().join("data");
        let mut demo = fanfare.command();
        demo.args(["demo", "--fill", "none", "--listen", &listen, "--sandbox-listen", &sandbox, "--data"])
            .arg(data);
        if let Some(database) = database {
            demo.args(["--database", database]);
        }
        // What it prints there is for the person who started it.
        fanfare.child = Some(demo.stdout(Stdio::null()).spawn().unwrap());
        let until = tokio::time::Instant::now() + WITHIN;
        let listening = || tokio::net::TcpStream::connect(listen.clone());
        while listening().await.is_err() {
            assert!(tokio::time::Instant::now() < until, "it does not start");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        fanfare
    }

    /// The program with our settings and nobody else's; its log goes to the file.
    fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fanfare"));
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("FANFARE_") {
                command.env_remove(name);
            }
        }
        command.env("FANFARE_LOG__LEVEL", "trace").env("FANFARE_LOG__FORMAT", &self.format);
        command.env("FANFARE_SECRETS__MASTER_KEY", &self.master_key);
        command.env("FANFARE_SERVER__BASE_URL", &self.base);
        // Waits of minutes between tries become seconds.
        command.env("FANFARE_PUBLISHING__TIMING_DIVISOR", "20");
        command.env("FANFARE_DATA__DIR", self.folder.path().join("data"));
        if let Some(database) = &self.database {
            command.env("FANFARE_DATABASE__URL", database);
        }
        let log = std::fs::File::options().create(true).append(true).open(&self.log).unwrap();
        command.current_dir(self.folder.path()).stdin(Stdio::null()).stderr(log).kill_on_drop(true);
        command
    }

    /// What `fanfare user …` prints.
    pub(super) async fn user(&self, arguments: &[&str]) -> String {
        let output =
            self.command().arg("user").args(arguments).stdout(Stdio::piped()).output().await.unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    /// Asks it to end, as a service manager does.
    pub(super) async fn stop(&mut self) {
        let mut child = self.child.take().unwrap();
        let id = child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
        let ended = tokio::time::timeout(WITHIN, child.wait()).await.unwrap().unwrap();
        assert!(ended.success(), "{ended}");
    }

    /// What the simulated platforms have handed out.
    pub(super) fn secrets_of_the_platforms(&self, secrets: &mut Secrets) {
        let journal = std::fs::read_to_string(self.folder.path().join("data/sandbox/journal.jsonl")).unwrap();
        for line in journal.lines() {
            let line_of: Value = serde_json::from_str(line).unwrap();
            let entry = &line_of["e"];
            match entry["t"].as_str() {
                Some("token") => secrets.add("a platform's token", entry["v"]["value"].as_str().unwrap()),
                Some("code") => secrets.add("an authorization code", entry["v"]["value"].as_str().unwrap()),
                _ => {}
            }
        }
        for platform in ["x", "facebook", "instagram", "linkedin"] {
            secrets.add("a client secret", format!("sandbox-{platform}-secret"));
        }
    }

    /// Everything in the database, table by table or file by file.
    pub(super) async fn database(&self) -> Vec<(String, Vec<u8>)> {
        let Some(url) = &self.database else { return self.files() };
        let mut connection = sqlx::PgConnection::connect(url).await.unwrap();
        let names = "SELECT quote_ident(table_schema) || '.' || quote_ident(table_name) FROM information_schema.tables \
                     WHERE table_type = 'BASE TABLE' AND table_schema NOT IN ('pg_catalog', 'information_schema')";
        let names: Vec<String> = sqlx::query_scalar(names).fetch_all(&mut connection).await.unwrap();
        assert!(names.iter().any(|name| name.contains("platform_grant")), "{names:?}");
        let mut content = Vec::new();
        for name in names {
            let sql = format!("SELECT t::text FROM {name} t");
            let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap();
            let rows: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
            content.push((format!("the table {name}"), rows.join("\n").into_bytes()));
        }
        content
    }

    /// The bytes themselves: what was overwritten counts too.
    fn files(&self) -> Vec<(String, Vec<u8>)> {
        let files = std::fs::read_dir(self.folder.path().join("data")).unwrap().map(Result::unwrap);
        let database: Vec<_> =
            files.filter(|file| file.file_name().to_string_lossy().starts_with("fanfare.db")).collect();
        assert!(!database.is_empty());
        database
            .iter()
            .map(|file| (file.path().display().to_string(), std::fs::read(file.path()).unwrap()))
            .collect()
    }
}
