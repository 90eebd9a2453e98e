//! The rows of the job queue, as tests look at them.

use storage::{Db, EngineConn, Tx};

macro_rules! count {
    ($tx:expr, $wanted:literal) => {
        match $tx.as_engine() {
            EngineConn::Sqlite(conn) => {
                sqlx::query_scalar::<_, i64>(concat!("SELECT COUNT(*) FROM Jobs WHERE ", $wanted))
                    .fetch_one(conn)
                    .await
                    .unwrap()
            }
            EngineConn::Postgres(conn) => {
                sqlx::query_scalar::<_, i64>(concat!("SELECT COUNT(*) FROM apalis.jobs WHERE ", $wanted))
                    .fetch_one(conn)
                    .await
                    .unwrap()
            }
        }
    };
}

/// Jobs that no worker has fetched.
pub(crate) async fn pending(tx: &mut Tx) -> i64 {
    count!(tx, "status = 'Pending'")
}

/// Jobs that are not done, among them those that a killed worker had fetched.
pub(crate) async fn unfinished(db: &Db) -> i64 {
    let mut tx = db.read().await.unwrap();
    count!(&mut tx, "status IN ('Pending', 'Queued', 'Running')")
}
