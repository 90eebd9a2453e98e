//! One query body for both engines: each macro expands it in both arms of a [`Tx`](crate::Tx).

/// Runs a statement; gives the number of rows it changed.
macro_rules! execute {
    ($tx:expr, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx.as_engine() {
            $crate::db::EngineConn::Sqlite(c) => {
                sqlx::query::<sqlx::Sqlite>($sql)$(.bind($bind))*.execute(&mut *c).await.map(|done| done.rows_affected())
            }
            $crate::db::EngineConn::Postgres(c) => {
                sqlx::query::<sqlx::Postgres>($sql)$(.bind($bind))*.execute(&mut *c).await.map(|done| done.rows_affected())
            }
        }
        .map_err($crate::StorageError::from)
    };
}

/// All rows as `$row: FromRow`.
macro_rules! fetch_all {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx.as_engine() {
            $crate::db::EngineConn::Sqlite(c) => {
                sqlx::query_as::<sqlx::Sqlite, $row>($sql)$(.bind($bind))*.fetch_all(&mut *c).await
            }
            $crate::db::EngineConn::Postgres(c) => {
                sqlx::query_as::<sqlx::Postgres, $row>($sql)$(.bind($bind))*.fetch_all(&mut *c).await
            }
        }
        .map_err($crate::StorageError::from)
    };
}

/// The row, or none.
macro_rules! fetch_optional {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx.as_engine() {
            $crate::db::EngineConn::Sqlite(c) => {
                sqlx::query_as::<sqlx::Sqlite, $row>($sql)$(.bind($bind))*.fetch_optional(&mut *c).await
            }
            $crate::db::EngineConn::Postgres(c) => {
                sqlx::query_as::<sqlx::Postgres, $row>($sql)$(.bind($bind))*.fetch_optional(&mut *c).await
            }
        }
        .map_err($crate::StorageError::from)
    };
}

/// The one row; for aggregates.
macro_rules! fetch_one {
    ($tx:expr, $row:ty, $sql:expr $(, $bind:expr)* $(,)?) => {
        match $tx.as_engine() {
            $crate::db::EngineConn::Sqlite(c) => {
                sqlx::query_as::<sqlx::Sqlite, $row>($sql)$(.bind($bind))*.fetch_one(&mut *c).await
            }
            $crate::db::EngineConn::Postgres(c) => {
                sqlx::query_as::<sqlx::Postgres, $row>($sql)$(.bind($bind))*.fetch_one(&mut *c).await
            }
        }
        .map_err($crate::StorageError::from)
    };
}

/// Inserts all rows with few statements, each ended by `$tail`: few enough rows for the number of values that the engines take.
macro_rules! insert_many {
    ($tx:expr, $sql:expr, $rows:expr, |$row:ident| $($bind:expr),+ $(,)?) => {
        insert_many!($tx, $sql, "", $rows, |$row| $($bind),+)
    };
    ($tx:expr, $sql:expr, $tail:expr, $rows:expr, |$row:ident| $($bind:expr),+ $(,)?) => {
        for rows in $rows.chunks(100) {
            match $tx.as_engine() {
                $crate::db::EngineConn::Sqlite(conn) => {
                    let mut query = sqlx::QueryBuilder::<sqlx::Sqlite>::new($sql);
                    query.push_values(rows, |mut values, $row| {
                        $(values.push_bind($bind);)+
                    });
                    query.push($tail).build().execute(&mut *conn).await?;
                }
                $crate::db::EngineConn::Postgres(conn) => {
                    let mut query = sqlx::QueryBuilder::<sqlx::Postgres>::new($sql);
                    query.push_values(rows, |mut values, $row| {
                        $(values.push_bind($bind);)+
                    });
                    query.push($tail).build().execute(&mut *conn).await?;
                }
            }
        }
    };
}
