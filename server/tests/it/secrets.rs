//! A whole story with the log turned all the way up, as text and as JSON, on both databases: whatever is secret in it is
//! found neither in the log, nor in the metrics, nor in what a person is told of an error, nor as it is in the database.

mod browser;
mod fanfare;
mod story;

use fanfare::Fanfare;
use std::collections::BTreeMap;

/// Secrets by what they are.
#[derive(Default)]
struct Secrets(BTreeMap<String, &'static str>);

impl Secrets {
    fn add(&mut self, what: &'static str, secret: impl Into<String>) {
        let secret = secret.into();
        assert!(secret.len() >= 8, "{what} is too short to be looked for: {secret:?}");
        self.0.insert(secret, what);
    }

    /// Fails if one stands in `text`: as it is, as a form sends it, or as bytes in hexadecimal digits.
    fn must_not_be_in(&self, place: &str, text: &[u8]) {
        let text = String::from_utf8_lossy(text);
        // The address of an image for platforms: when it ends, and its signature.
        for rest in text.split("/media/").skip(1) {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            assert!(
                digits < 9 || rest.as_bytes().get(digits) != Some(&b'/'),
                "a signed address stands in {place}: {}",
                &rest[..digits]
            );
        }
        for (secret, what) in &self.0 {
            let hex: String = secret.bytes().map(|byte| format!("{byte:02x}")).collect();
            for form in [secret.clone(), secret.replace(' ', "+"), secret.replace(' ', "%20"), hex] {
                if let Some(at) = text.find(&form) {
                    let begin = text[..at].char_indices().rev().nth(300).map_or(0, |(at, _)| at);
                    panic!("{what} stands in {place}: …{}", &text[begin..at + form.len()]);
                }
            }
        }
    }

    fn count(&self, what: &str) -> usize {
        self.0.values().filter(|kind| **kind == what).count()
    }
}

async fn no_secret_is_seen(format: &str, database: Option<&str>) {
    let mut fanfare = Fanfare::start(format, database).await;
    let mut secrets = Secrets::default();
    secrets.add("the master key", fanfare.master_key.clone());
    if let Some(password) =
        database.and_then(|url| url.parse::<url::Url>().unwrap().password().map(str::to_owned))
    {
        secrets.add("the database's password", password);
    }
    let told = story::play(&fanfare, &mut secrets).await;
    fanfare.stop().await;

    fanfare.secrets_of_the_platforms(&mut secrets);
    for (what, least) in [
        ("a platform's token", 12),
        ("an authorization code", 4),
        ("a client secret", 4),
        ("a session", 4),
        ("a state", 4),
        ("a link", 2),
        ("a password", 4),
        ("an app password", 2),
    ] {
        let count = secrets.count(what);
        assert!(count >= least, "the story had only {count} of {what}");
    }
    let log = std::fs::read(&fanfare.log).unwrap();
    let lines = String::from_utf8_lossy(&log);
    for word in ["TRACE", "DEBUG", "/oauth/{platform}/callback", "/media/{*signed}", "http.answered"] {
        assert!(lines.contains(word), "the log is too quiet to prove anything: no {word}");
    }
    secrets.must_not_be_in("the log", &log);
    secrets.must_not_be_in("the metrics", told.metrics.as_bytes());
    for (place, text) in &told.errors {
        secrets.must_not_be_in(place, text.as_bytes());
    }
    for (place, content) in fanfare.database().await {
        secrets.must_not_be_in(&place, &content);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_log_as_text_over_sqlite() {
    no_secret_is_seen("text", None).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn in_a_log_as_json_over_postgres() {
    let database = testing::Postgres::shared().unwrap().database().await.unwrap();
    no_secret_is_seen("json", Some(database.url())).await;
}
