//! People, who may be members of several workspaces.

use crate::{Result, Tx};
use chrono::{DateTime, Utc};
use model::UserId;

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct Person {
    pub id: UserId,
    pub name: String,
    /// Lower case.
    pub email: String,
    /// In PHC format.
    pub password_hash: String,
    pub created_at: DateTime<Utc>,
}

/// Fails with `Duplicate` when the address is taken.
pub async fn insert(tx: &mut Tx, person: &Person) -> Result<()> {
    execute!(
        tx,
        "INSERT INTO person (id, name, email, password_hash, created_at) VALUES ($1, $2, $3, $4, $5)",
        person.id,
        &person.name,
        &person.email,
        &person.password_hash,
        person.created_at,
    )?;
    Ok(())
}

/// Whether anybody exists yet. Who has no address is not there yet: see [`demo`](crate::demo).
pub async fn any(tx: &mut Tx) -> Result<bool> {
    let (count,) = fetch_one!(
        tx,
        (i64,),
        "SELECT COUNT(*) FROM (SELECT id FROM person WHERE email LIKE '%@%' LIMIT 1) AS first"
    )?;
    Ok(count > 0)
}

/// `email` in lower case.
pub async fn by_email(tx: &mut Tx, email: &str) -> Result<Option<Person>> {
    fetch_optional!(
        tx,
        Person,
        "SELECT id, name, email, password_hash, created_at FROM person WHERE email = $1",
        email
    )
}

pub async fn by_id(tx: &mut Tx, id: UserId) -> Result<Option<Person>> {
    fetch_optional!(
        tx,
        Person,
        "SELECT id, name, email, password_hash, created_at FROM person WHERE id = $1",
        id
    )
}

/// Everybody, oldest first; for the command line.
pub async fn all(tx: &mut Tx) -> Result<Vec<Person>> {
    fetch_all!(tx, Person, "SELECT id, name, email, password_hash, created_at FROM person ORDER BY id")
}

pub async fn set_password(tx: &mut Tx, id: UserId, password_hash: &str) -> Result<()> {
    execute!(tx, "UPDATE person SET password_hash = $2 WHERE id = $1", id, password_hash)?;
    Ok(())
}

/// Holds the person's row until the end of the transaction; false when the password is another one by now.
pub async fn hold_password(tx: &mut Tx, id: UserId, password_hash: &str) -> Result<bool> {
    let held = execute!(
        tx,
        "UPDATE person SET password_hash = password_hash WHERE id = $1 AND password_hash = $2",
        id,
        password_hash,
    )?;
    Ok(held > 0)
}
