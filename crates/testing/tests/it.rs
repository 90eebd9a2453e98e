//! The databases that other crates' tests rely on.
#![expect(clippy::unwrap_used, reason = "clippy's leave for tests does not reach their helper functions")]

use sqlx::{Connection, Executor, PgConnection};
use testing::{Postgres, fresh_postgres_url, fresh_sqlite_path, temp_dir};

/// Names of the test databases on the server of `url`.
async fn databases(url: &str) -> Vec<String> {
    let mut connection = PgConnection::connect(url).await.unwrap();
    sqlx::query_scalar("SELECT datname FROM pg_database").fetch_all(&mut connection).await.unwrap()
}

fn name(url: &str) -> String {
    url.rsplit('/').next().unwrap().to_owned()
}

#[tokio::test]
async fn databases_are_apart_and_dropped_in_the_end() {
    let server = Postgres::shared().unwrap();
    let (one, two) = (server.database().await.unwrap(), server.database().await.unwrap());
    let mut first = PgConnection::connect(one.url()).await.unwrap();
    first.execute("CREATE TABLE post (id BIGINT)").await.unwrap();
    let mut second = PgConnection::connect(two.url()).await.unwrap();
    second.execute("CREATE TABLE post (id BIGINT)").await.unwrap();

    let gone = name(one.url());
    drop(one); // with `first` still open

    let left = databases(two.url()).await;
    assert!(!left.contains(&gone));
    assert!(left.contains(&name(two.url())));
}

#[tokio::test]
async fn the_queues_extensions_can_be_made() {
    let url = fresh_postgres_url().await.unwrap();
    let mut connection = PgConnection::connect(&url).await.unwrap();
    for extension in ["pgcrypto", "hstore"] {
        let sql = sqlx::AssertSqlSafe(format!("CREATE EXTENSION {extension}"));
        connection.execute(sql).await.unwrap();
    }
}

#[tokio::test]
async fn a_server_can_go_away_and_come_back() {
    let server = Postgres::start().unwrap();
    let database = server.database().await.unwrap();
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    connection.execute("CREATE TABLE post (id BIGINT)").await.unwrap();

    server.pause().unwrap();
    assert!(connection.execute("SELECT 1").await.is_err());
    assert!(PgConnection::connect(database.url()).await.is_err());

    server.resume().unwrap();
    let mut connection = PgConnection::connect(database.url()).await.unwrap();
    connection.execute("SELECT id FROM post").await.unwrap();
}

#[test]
fn sqlite_paths_differ() {
    let folder = temp_dir().unwrap();
    let (one, two) = (fresh_sqlite_path(&folder), fresh_sqlite_path(&folder));
    assert_ne!(one, two);
    assert!(!one.exists());
}
