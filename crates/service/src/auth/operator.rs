//! What an operator does from the command line: `fanfare user`.

use super::LATENESS_WINDOW_MIN;
use super::fields::Fields;
use super::reset::{ResetLinkError, create_reset_link};
use crate::secrets::{NoRandomness, PasswordError, hash_password, new_token};
use model::live::Topic;
use model::{ApiError, Role, UserId, WorkspaceId};
use storage::persons::Person;
use storage::workspaces::Workspace;
use storage::{Db, StorageError, audit, live, members, new_id, persons, workspaces};
use url::Url;

/// A person to add.
#[derive(Clone, Debug)]
pub struct NewPerson {
    pub name: String,
    pub email: String,
    /// Where the person becomes a member; made, with the person as its owner, if there is none of that name.
    pub workspace: String,
    pub role: Role,
}

#[derive(Debug, thiserror::Error)]
pub enum OperatorError {
    #[error("{0} has an account already")]
    AlreadyThere(String),
    #[error(
        "give a name and a workspace of 1 to 100 characters and an address such as ana@example.com; wrong: {0}"
    )]
    Invalid(String),
    #[error("there are {0} workspaces of that name")]
    Ambiguous(usize),
    #[error(transparent)]
    Storage(#[from] StorageError),
    #[error(transparent)]
    Random(#[from] NoRandomness),
    #[error(transparent)]
    Password(#[from] PasswordError),
    #[error(transparent)]
    Link(#[from] ResetLinkError),
}

/// Adds a person, and gives the link with which they set their password.
///
/// # Errors
/// When the address is taken or can't be used.
pub async fn create_person(db: &Db, base_url: &Url, new: &NewPerson) -> Result<String, OperatorError> {
    let mut fields = Fields::default();
    let name = fields.name("name", &new.name);
    let email = fields.email("email", &new.email);
    let workspace_name = fields.name("workspace", &new.workspace);
    fields.finish().map_err(|error| OperatorError::Invalid(wrong(&error)))?;
    // Nobody knows this password: the link sets the first one.
    let password_hash = hash_password(new_token()?).await?;
    let now = db.clock().now();
    let person =
        Person { id: new_id::<UserId>(now), name, email: email.clone(), password_hash, created_at: now };
    let mut tx = db.begin().await?;
    persons::insert(&mut tx, &person).await.map_err(|error| match error {
        StorageError::Duplicate(_) => OperatorError::AlreadyThere(email.clone()),
        other => other.into(),
    })?;
    let (workspace, role) = match workspaces::by_name(&mut tx, &workspace_name).await?.as_slice() {
        [] => {
            let workspace = Workspace {
                id: new_id::<WorkspaceId>(now),
                name: workspace_name,
                zone: "UTC".to_owned(),
                lateness_window_min: LATENESS_WINDOW_MIN,
                created_at: now,
            };
            workspaces::insert(&mut tx, &workspace).await?;
            (workspace.id, Role::Owner)
        }
        [one] => (one.id, new.role),
        several => return Err(OperatorError::Ambiguous(several.len())),
    };
    members::insert(&mut tx, workspace, person.id, role, now).await?;
    audit::insert(&mut tx, Some(workspace), Some(person.id), "member.added_by_operator", role.key(), now)
        .await?;
    live::tell(&mut tx, workspace, &[Topic::Team], None).await?;
    tx.commit().await?;
    Ok(create_reset_link(db, base_url, &email).await?)
}

/// Everybody with an account, oldest first: name and address.
///
/// # Errors
/// When the database fails.
pub async fn list_persons(db: &Db) -> Result<Vec<(String, String)>, StorageError> {
    let mut read = db.read().await?;
    Ok(persons::all(&mut read).await?.into_iter().map(|person| (person.name, person.email)).collect())
}

/// The names of the fields, as the options of the command line are called.
fn wrong(error: &ApiError) -> String {
    match error {
        ApiError::Invalid { problems } => {
            problems.iter().map(|problem| problem.field.as_str()).collect::<Vec<_>>().join(", ")
        }
        other => other.to_string(),
    }
}
