//! What backups are made of, against the databases themselves.

use sqlx::AssertSqlSafe;
use std::collections::{BTreeMap, BTreeSet};
use storage::portable::{Kind, LEFT_OUT, TABLES};
use storage::{Db, EngineConn};
use testing::each_engine;

type Columns = BTreeMap<String, String>;

/// Every table of the database with its columns and their types, as the engine calls them.
async fn catalog(db: &Db) -> BTreeMap<String, Columns> {
    let mut tx = db.read().await.unwrap();
    let rows: Vec<(String, String, String)> = match tx.as_engine() {
        EngineConn::Sqlite(conn) => {
            let sql = "SELECT m.name, c.name, c.type FROM sqlite_master m, pragma_table_info(m.name) c
                       WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'";
            sqlx::query_as(AssertSqlSafe(sql.to_owned())).fetch_all(conn).await.unwrap()
        }
        EngineConn::Postgres(conn) => {
            let sql = "SELECT table_name, column_name, data_type FROM information_schema.columns
                       WHERE table_schema = current_schema()";
            sqlx::query_as(AssertSqlSafe(sql.to_owned())).fetch_all(conn).await.unwrap()
        }
    };
    let mut tables: BTreeMap<String, Columns> = BTreeMap::new();
    for (table, column, kind) in rows {
        tables.entry(table).or_default().insert(column, kind.to_uppercase());
    }
    tables
}

/// The engine's types of a kind.
fn stored_as(kind: Kind, is_postgres: bool) -> &'static str {
    match (kind, is_postgres) {
        (Kind::Bool, _) => "BOOLEAN",
        (Kind::Bytes, true) => "BYTEA",
        (Kind::Date, true) => "DATE",
        (Kind::Int, true) => "BIGINT",
        (Kind::Json, true) => "JSONB",
        (Kind::Text, true) => "TEXT",
        (Kind::Time, true) => "TIMESTAMP WITH TIME ZONE",
        (Kind::Uuid, true) => "UUID",
        (Kind::Bytes | Kind::Uuid, false) => "BLOB",
        (Kind::Int, false) => "INTEGER",
        (Kind::Date | Kind::Json | Kind::Text | Kind::Time, false) => "TEXT",
    }
}

#[tokio::test]
async fn every_table_is_backed_up_with_all_its_columns_or_left_out_for_a_reason() {
    each_engine(async |test| {
        let there = catalog(&test.db).await;
        let kept: BTreeSet<&str> = TABLES.iter().map(|table| table.name).collect();
        let left_out: BTreeSet<&str> = LEFT_OUT.iter().map(|(name, _)| *name).collect();
        assert!(kept.is_disjoint(&left_out));
        let forgotten: Vec<_> = there
            .keys()
            .filter(|name| !kept.contains(name.as_str()) && !left_out.contains(name.as_str()))
            .collect();
        assert!(
            forgotten.is_empty(),
            "say in storage::portable::tables what becomes of {forgotten:?} in a backup ({})",
            test.engine_name
        );
        for table in TABLES {
            let wanted: Columns = table
                .columns
                .iter()
                .map(|(name, kind)| ((*name).to_owned(), stored_as(*kind, test.db.is_postgres()).to_owned()))
                .collect();
            assert_eq!(there.get(table.name), Some(&wanted), "{} on {}", table.name, test.engine_name);
        }
        assert_eq!(test.db.migrated_to().await.unwrap(), Some(storage::schema_version()));
    })
    .await;
}
