//! What changed, for those who look at it: a number for each topic of a workspace, raised in the transaction of the change.
//!
//! On PostgreSQL the commit also sends a hint to every process; who missed it is told by the numbers.

use crate::db::{EngineConn, Tx};
use crate::error::Result;
use model::live::{Tally, Topic};
use model::{UserId, WorkspaceId};

/// The PostgreSQL channel of the hints: the id of a workspace, or nothing for all of them.
pub const CHANNEL: &str = "fanfare_live";

macro_rules! raise {
    () => {
        " ON CONFLICT (workspace_id, topic) DO UPDATE SET number = live_topic.number + 1"
    };
}

/// Notes that these changed. The last thing before the commit: the rows stay locked until then, and everybody who changes
/// something in the workspace wants them. `also` is one more channel on which the commit tells something, in the same round trip.
pub async fn tell(
    tx: &mut Tx,
    workspace: WorkspaceId,
    topics: &[Topic],
    also: Option<&'static str>,
) -> Result<()> {
    for topic in Topic::ALL.into_iter().filter(|topic| topics.contains(topic)) {
        match tx.as_engine() {
            EngineConn::Sqlite(conn) => {
                sqlx::query(concat!(
                    "INSERT INTO live_topic (workspace_id, topic, number) VALUES ($1, $2, 1)",
                    raise!()
                ))
                .bind(workspace)
                .bind(topic)
                .execute(conn)
                .await?;
            }
            EngineConn::Postgres(conn) => {
                sqlx::query(concat!(
                    "WITH told AS (INSERT INTO live_topic (workspace_id, topic, number) VALUES ($1, $2, 1)",
                    raise!(),
                    " RETURNING workspace_id)
                     SELECT pg_notify(channel, word)
                     FROM (SELECT CAST($3 AS TEXT) AS channel, CAST(workspace_id AS TEXT) AS word FROM told
                           UNION ALL SELECT CAST($4 AS TEXT), '') hints
                     WHERE channel IS NOT NULL"
                ))
                .bind(workspace)
                .bind(topic)
                .bind(CHANNEL)
                .bind(also)
                .execute(conn)
                .await?;
            }
        }
    }
    Ok(())
}

/// Notes that the person's sessions changed, in each of their workspaces.
pub async fn tell_access(tx: &mut Tx, person: UserId) -> Result<()> {
    let sql = concat!(
        "INSERT INTO live_topic (workspace_id, topic, number)
         SELECT workspace_id, $2, 1 FROM member WHERE person_id = $1 ORDER BY workspace_id",
        raise!()
    );
    execute!(tx, sql, person, Topic::Access)?;
    if let EngineConn::Postgres(conn) = tx.as_engine() {
        sqlx::query("SELECT pg_notify($2, CAST(workspace_id AS TEXT)) FROM member WHERE person_id = $1")
            .bind(person)
            .bind(CHANNEL)
            .execute(conn)
            .await?;
    }
    Ok(())
}

/// Notes that this changed in every workspace that has told of it before.
pub async fn tell_all(tx: &mut Tx, topic: Topic) -> Result<()> {
    execute!(tx, "UPDATE live_topic SET number = number + 1 WHERE topic = $1", topic)?;
    if let EngineConn::Postgres(conn) = tx.as_engine() {
        sqlx::query("SELECT pg_notify($1, '')").bind(CHANNEL).execute(conn).await?;
    }
    Ok(())
}

/// The numbers of a workspace.
pub async fn tally(tx: &mut Tx, workspace: WorkspaceId) -> Result<Tally> {
    let rows = fetch_all!(
        tx,
        (String, i64),
        "SELECT topic, number FROM live_topic WHERE workspace_id = $1",
        workspace
    )?;
    let mut tally = Tally::default();
    for (topic, number) in rows {
        // A newer version may know more topics.
        if let Ok(topic) = topic.parse() {
            tally.set(topic, number);
        }
    }
    Ok(tally)
}
