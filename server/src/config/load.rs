//! Reads the file, lays the environment over it, and refuses what it doesn't know.

use super::Config;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

/// `FANFARE_SERVER__LISTEN` is `server.listen`. Variables without `__` are not ours.
const PREFIX: &str = "FANFARE_";

/// The configuration can't be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{}: {source}", path.display())]
    File { path: PathBuf, source: std::io::Error },
    /// Tells the line and what is expected there, but never the line itself: it may hold a key or a password.
    #[error("{}, line {line}: {why}", path.display())]
    Format { path: PathBuf, line: usize, why: String },
    #[error("the environment variable {name} names no setting; `{key}` is unknown{}", nearest.as_deref().map(|key| format!(", did you mean `{key}`?")).unwrap_or_default())]
    UnknownVariable { name: String, key: String, nearest: Option<String> },
    #[error("the environment variable {name}: {why}")]
    Variable { name: String, why: String },
    #[error("the setting `{key}`: {why}")]
    Value { key: String, why: String },
}

impl Config {
    /// The file, if one is named, then the environment.
    ///
    /// # Errors
    /// When the file can't be read, or a key or a value is not one of ours.
    pub fn load(
        file: Option<&Path>,
        environment: impl IntoIterator<Item = (String, String)>,
    ) -> Result<Self, ConfigError> {
        let mut table = match file {
            None => Table::new(),
            Some(path) => read(path)?,
        };
        let known = defaults();
        for (name, text) in environment {
            let Some(keys) = name.strip_prefix(PREFIX).filter(|rest| rest.contains("__")) else { continue };
            let path: Vec<String> = keys.split("__").map(str::to_lowercase).collect();
            let value = value_like(&known, &path, &name, &text)?;
            set(&mut table, &path, value);
            // At once, so that a bad value is told with its variable.
            if let Err(error) = Value::Table(table.clone()).try_into::<Self>() {
                return Err(ConfigError::Variable { name, why: error.message().to_owned() });
            }
        }
        let config: Self = Value::Table(table).try_into().map_err(|error: toml::de::Error| {
            ConfigError::Value { key: "?".to_owned(), why: error.to_string() }
        })?;
        config.base_urls()?;
        config.media_bucket()?;
        Ok(config)
    }
}

fn read(path: &Path) -> Result<Table, ConfigError> {
    let text = std::fs::read_to_string(path)
        .map_err(|source| ConfigError::File { path: path.to_owned(), source })?;
    let format = |error: toml::de::Error| {
        let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        ConfigError::Format { path: path.to_owned(), line, why: error.message().to_owned() }
    };
    // Read as our type for its errors, which name the line; kept as a table, to lay the environment over it.
    toml::from_str::<Config>(&text).map_err(format)?;
    toml::from_str(&text).map_err(format)
}

fn defaults() -> Table {
    match Table::try_from(Config::default()) {
        Ok(table) => table,
        Err(error) => unreachable!("the default configuration is a table: {error}"),
    }
}

/// Every key, such as `server.listen`, in alphabetical order.
pub fn known_keys() -> Vec<String> {
    fn walk(prefix: &str, table: &Table, out: &mut Vec<String>) {
        for (key, value) in table {
            match value {
                Value::Table(inner) => walk(&format!("{prefix}{key}."), inner, out),
                _ => out.push(format!("{prefix}{key}")),
            }
        }
    }
    let mut keys = Vec::new();
    walk("", &defaults(), &mut keys);
    keys.sort();
    keys
}

/// The text as a value of the type that the default has.
fn value_like(known: &Table, path: &[String], name: &str, text: &str) -> Result<Value, ConfigError> {
    let bad = |why: &str| ConfigError::Variable { name: name.to_owned(), why: format!("{text:?} {why}") };
    let mut found = None;
    let mut table = Some(known);
    for key in path {
        found = table.and_then(|table| table.get(key));
        table = found.and_then(Value::as_table);
    }
    match found {
        Some(Value::String(_)) => Ok(Value::String(text.to_owned())),
        Some(Value::Integer(_)) => {
            text.trim().parse().map(Value::Integer).map_err(|_| bad("is no whole number"))
        }
        Some(Value::Boolean(_)) => {
            text.trim().parse().map(Value::Boolean).map_err(|_| bad("must be true or false"))
        }
        Some(Value::Array(_)) => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Ok(Value::Array(items.map(|item| Value::String(item.to_owned())).collect()))
        }
        _ => {
            let key = path.join(".");
            let last = path.last().cloned().unwrap_or_default();
            let nearest =
                known_keys().into_iter().find(|known| known.rsplit('.').next() == Some(last.as_str()));
            Err(ConfigError::UnknownVariable { name: name.to_owned(), key, nearest })
        }
    }
}

fn set(table: &mut Table, path: &[String], value: Value) {
    match path {
        [] => {}
        [key] => {
            table.insert(key.clone(), value);
        }
        [key, rest @ ..] => {
            let inner = table.entry(key.clone()).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                set(inner, rest, value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::ProcessRole;

    fn from(file: &str, variables: &[(&str, &str)]) -> Result<Config, ConfigError> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fanfare.toml");
        std::fs::write(&path, file).unwrap();
        Config::load(Some(&path), variables.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())))
    }

    #[test]
    fn the_environment_goes_over_the_file() {
        let file =
            "[server]\nrole = \"web\"\nlisten = \"127.0.0.1:4000\"\n[outbound]\nallow = [\"10.0.0.1\"]\n";
        let config = from(
            file,
            &[
                ("FANFARE_SERVER__ROLE", "worker"),
                ("FANFARE_OUTBOUND__ALLOW", "127.0.0.1:5000, 127.0.0.1:5001"),
                ("FANFARE_DATABASE__MAX_CONNECTIONS", "7"),
                ("FANFARE_SERVER__TRUST_FORWARDED", "true"),
                ("FANFARE_SERVER__OPS_LISTEN", "0.0.0.0:9100"),
                ("FANFARE_PLATFORMS__X__CLIENT_ID", "abc"),
                ("FANFARE_TEST_POSTGRES", "not a setting"),
            ],
        )
        .unwrap();
        assert_eq!(config.server.role, ProcessRole::Worker);
        assert_eq!(config.server.listen.port(), 4000, "from the file");
        assert_eq!(config.outbound.allow, ["127.0.0.1:5000", "127.0.0.1:5001"]);
        assert_eq!((config.database.max_connections, config.server.trust_forwarded), (7, true));
        assert_eq!(config.server.ops_listen, Some("0.0.0.0:9100".parse().unwrap()));
        assert_eq!(config.platforms.x.client_id, "abc");
        assert_eq!(config.base_url().unwrap().as_str(), "http://127.0.0.1:4000/");
    }

    #[test]
    fn an_empty_text_means_not_set() {
        let config =
            from("[server]\nops_listen = \"127.0.0.1:9100\"\n", &[("FANFARE_SERVER__OPS_LISTEN", "")]);
        assert_eq!(config.unwrap().server.ops_listen, None);
    }

    #[test]
    fn unknown_keys_are_refused_by_name() {
        let file = from("[server]\nlissten = \"127.0.0.1:1\"\n", &[]).unwrap_err().to_string();
        assert!(
            file.contains("lissten") && file.contains("line 2") && file.contains("fanfare.toml"),
            "{file}"
        );
        let variable = from("", &[("FANFARE_PLATFORMS__CLIENT_ID", "x")]).unwrap_err().to_string();
        assert!(
            variable.contains("FANFARE_PLATFORMS__CLIENT_ID") && variable.contains("did you mean"),
            "{variable}"
        );
        assert!(from("[nothing]\n", &[]).is_err());
    }

    #[test]
    fn bad_values_are_told_with_their_place() {
        for (name, text) in [
            ("FANFARE_DATABASE__MAX_CONNECTIONS", "many"),
            ("FANFARE_SERVER__LISTEN", "nowhere"),
            ("FANFARE_SERVER__OPS_LISTEN", "9100"),
            ("FANFARE_SERVER__ROLE", "king"),
            ("FANFARE_PLATFORMS__X__API_BASE", "not an address"),
        ] {
            let error = from("", &[(name, text)]).unwrap_err().to_string();
            assert!(error.contains(name), "{error}");
        }
        for (name, text) in [("ENDPOINT", "store:8333"), ("KEY_ID", ""), ("SECRET", "")] {
            let mut variables =
                [("BUCKET", "b"), ("KEY_ID", "k"), ("SECRET", "hushhush"), ("ENDPOINT", "http://s:1")]
                    .map(|(name, text)| (format!("FANFARE_MEDIA__S3__{name}"), text.to_owned()));
            assert!(Config::load(None, variables.clone()).unwrap().media_bucket().unwrap().is_some());
            for variable in &mut variables {
                if variable.0.ends_with(name) {
                    text.clone_into(&mut variable.1);
                }
            }
            let error = Config::load(None, variables).unwrap_err().to_string();
            let key = format!("media.s3.{}", name.to_lowercase());
            assert!(error.contains(&key) && !error.contains("hushhush"), "{error}");
        }
        for base in ["ftp://example.org", "example.org", "https://example.org/fanfare"] {
            let error = from("", &[("FANFARE_SERVER__BASE_URL", base)]).unwrap_err().to_string();
            assert!(error.contains("server.base_url"), "{error}");
        }
    }

    #[test]
    fn secrets_are_not_shown() {
        let config = from(
            "[secrets]\nmaster_key = \"hushhush\"\n[database]\nurl = \"postgres://u:hushhush@h/d\"\n",
            &[("FANFARE_SERVER__METRICS_TOKEN", "hushhush")],
        )
        .unwrap();
        assert!(!format!("{config:?}").contains("hushhush"));
    }

    #[test]
    fn a_broken_file_is_told_without_its_secrets() {
        for (file, line) in [
            ("[secrets]\nmaster_key = 170141183\n", "line 2"),
            ("[secrets]\nmaster_key = 170141183hush\n", "line 2"),
            ("[database]\nmax_connections = 5\nurl = \"postgres://u:170141183@h/d\n", "line 3"),
            ("[platforms.x]\nclient_secret = [\"170141183\"]\n", "line 2"),
            ("[server]\nmetrics_token = 170141183\n", "line 2"),
            ("master_key = \"170141183\"\n", "line 1"),
        ] {
            let error = from(file, &[]).unwrap_err();
            let told = format!("{error} {error:?}");
            assert!(told.contains(line) && told.contains("fanfare.toml"), "{told}");
            assert!(!told.contains("170141183"), "{told}");
        }
    }
}
