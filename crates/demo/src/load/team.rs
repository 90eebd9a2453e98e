//! People, workspaces and their pictures.

use super::LoadError;
use crate::{PASSWORD, Plan};
use model::{Actor, MediaId, Role};
use service::Context;
use service::media::MediaLibrary;
use service::secrets::{hash_password, new_token};
use storage::demo::Arrival;
use storage::workspaces::Workspace;
use tokio::task::JoinSet;

/// Rows removed in one transaction.
const SWEPT: i64 = 1_000;
/// A post later than this is `missed`, in minutes.
const LATENESS_WINDOW_MIN: i64 = 60;

/// Removes what a load that was killed has left.
pub(super) async fn sweep(context: &Context) -> Result<(), LoadError> {
    loop {
        let mut tx = context.db.begin().await?;
        let removed = storage::demo::sweep(&mut tx, SWEPT).await?;
        tx.commit().await?;
        if removed == 0 {
            return Ok(());
        }
    }
}

/// Puts people and workspaces there, invisible.
pub(super) async fn insert(context: &Context, plan: &Plan) -> Result<(), LoadError> {
    let mut tx = context.db.begin().await?;
    for person in &plan.people {
        storage::demo::insert_absent(&mut tx, person.id, person.name, person.since).await?;
    }
    for planned in &plan.workspaces {
        let workspace = Workspace {
            id: planned.id,
            name: planned.name.to_owned(),
            zone: planned.zone.to_owned(),
            lateness_window_min: LATENESS_WINDOW_MIN,
            created_at: planned.since,
        };
        storage::demo::insert_hidden(&mut tx, &workspace).await?;
    }
    Ok(tx.commit().await?)
}

/// Who acts for a workspace while it is filled.
pub(super) fn owner(plan: &Plan, workspace: usize) -> Actor {
    let planned = &plan.workspaces[workspace];
    let owner = planned.members.iter().find(|(_, role)| *role == Role::Owner);
    let person = owner.map_or(0, |(person, _)| *person);
    Actor { user: plan.people[person].id, workspace: planned.id, role: Role::Owner }
}

/// Takes each workspace's pictures into its library.
pub(super) async fn hang_pictures(context: &Context, plan: &Plan) -> Result<Vec<Vec<MediaId>>, LoadError> {
    let mut tasks = JoinSet::new();
    for (workspace, planned) in plan.workspaces.iter().enumerate() {
        let actor = owner(plan, workspace);
        for (place, picture) in planned.pictures.iter().copied().enumerate() {
            let library = MediaLibrary::new(context.clone());
            tasks.spawn(async move {
                let name = format!("{}.jpg", picture.name);
                let added = library.add_bytes(actor, &name, picture.jpeg.into()).await;
                added.map(|id| ((workspace, place), id))
            });
        }
    }
    let mut added = Vec::new();
    while let Some(ended) = tasks.join_next().await {
        added.push(ended.map_err(|_| LoadError::Thread)?.map_err(LoadError::Picture)?);
    }
    added.sort_unstable_by_key(|(place, _)| *place);
    let of = |workspace| added.iter().filter(move |((of, _), _)| *of == workspace).map(|(_, id)| *id);
    Ok((0..plan.workspaces.len()).map(|workspace| of(workspace).collect()).collect())
}

/// One for each person. Of those who are not shown nobody knows the password.
pub(super) async fn hash_passwords(plan: &Plan) -> Result<Vec<String>, LoadError> {
    let mut hashes = Vec::with_capacity(plan.people.len());
    for person in &plan.people {
        let password = if person.shown { PASSWORD.to_owned() } else { new_token()? };
        hashes.push(hash_password(password).await?);
    }
    Ok(hashes)
}

/// The one transaction after which people see everything.
pub(super) async fn appear(context: &Context, plan: &Plan, hashes: &[String]) -> Result<(), LoadError> {
    let people: Vec<Arrival<'_>> = plan
        .people
        .iter()
        .zip(hashes)
        .map(|(person, password_hash)| Arrival { id: person.id, email: person.email, password_hash })
        .collect();
    let workspaces: Vec<_> = plan.workspaces.iter().map(|workspace| workspace.id).collect();
    let mut tx = context.db.begin().await?;
    // Somebody may have been quicker.
    if storage::persons::any(&mut tx).await? {
        return Err(LoadError::NotEmpty);
    }
    storage::demo::appear(&mut tx, &workspaces, &people).await?;
    for workspace in &plan.workspaces {
        for (person, role) in &workspace.members {
            let person = plan.people[*person].id;
            storage::members::insert(&mut tx, workspace.id, person, *role, workspace.since).await?;
        }
    }
    Ok(tx.commit().await?)
}
