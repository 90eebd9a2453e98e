//! Saving: a new post, or another version of one, with its schedule in the same transaction.

use super::content::{bounded, check_schedule};
use super::due::due;
use super::images::{self, Images};
use super::load::{Loaded, load};
use super::plan::{Plan, new_destination};
use super::revisions::{self, Noted};
use super::save_again::{checked_key, keyed};
use super::{Posts, Stop};
use chrono::{DateTime, Utc};
use model::account::called;
use model::post::{PostInput, SavePost, When};
use model::state::Event;
use model::{AccountId, Actor, ApiError, Conflict, PostId, Problem, TargetState, WorkspaceId};
use storage::posts::NewPost;
use storage::targets::{Due, NewTarget, TargetAccountRow, TargetRow};
use storage::{StorageError, Tx};

/// Another version of a post.
#[derive(Clone, Copy)]
pub(super) struct Changed<'a> {
    pub(super) input: &'a PostInput,
    pub(super) when: Option<&'a When>,
    pub(super) noted: Noted,
}

impl Posts {
    pub(super) async fn try_save(&self, actor: Actor, save: &SavePost) -> Result<PostId, Stop> {
        let now = self.now();
        let input = bounded(&save.input)?;
        let key = save.key.as_deref().map(checked_key).transpose()?;
        let mut tx = self.context.db.begin().await?;
        let (post, scheduled) = match save.post {
            None => match keyed(&mut tx, actor, key).await? {
                None => {
                    let when = save.when.as_ref();
                    let post = self.create_with_key(&mut tx, actor, key, &input, when, now).await?;
                    (post, when.is_some())
                }
                Some(there) => {
                    let when = save.when.as_ref();
                    let scheduled = self.save_again(&mut tx, actor, there, &input, when, now).await?;
                    (there.id, scheduled)
                }
            },
            Some(post) => {
                let version = save.version.ok_or_else(|| ApiError::invalid("version", Problem::Required))?;
                let loaded = load(&mut tx, actor.workspace, post).await?;
                if loaded.post.version != version {
                    return Err(ApiError::conflict(Conflict::Changed).into());
                }
                let changed = Changed { input: &input, when: save.when.as_ref(), noted: Noted::Worked };
                let scheduled = self.change(&mut tx, actor, &loaded, changed, now).await?;
                (post, scheduled)
            }
        };
        if scheduled {
            self.commit_and_announce(tx, actor.workspace).await?;
        } else {
            self.commit(tx, actor.workspace).await?;
        }
        Ok(post)
    }

    /// Inserts a post; scheduled where there is a time, else a draft.
    pub(super) async fn create(
        &self,
        tx: &mut Tx,
        actor: Actor,
        input: &PostInput,
        when: Option<&When>,
        now: DateTime<Utc>,
    ) -> Result<PostId, Stop> {
        self.create_with_key(tx, actor, None, input, when, now).await
    }

    async fn create_with_key(
        &self,
        tx: &mut Tx,
        actor: Actor,
        key: Option<&str>,
        input: &PostInput,
        when: Option<&When>,
        now: DateTime<Utc>,
    ) -> Result<PostId, Stop> {
        let workspace = actor.workspace;
        let accounts = new_accounts(tx, workspace, &input.accounts).await?;
        let images = Images::attach(tx, workspace, input).await?;
        let due = match when {
            None => None,
            Some(when) => Some(due(when, &zone_for(tx, workspace, when).await?, now)?),
        };
        if due.is_some() {
            let destinations: Vec<_> = accounts.iter().map(new_destination).collect();
            check_schedule(input, &images, &destinations)?;
        }
        let post: PostId = storage::new_id(now);
        let (body, variants) = (input.text.as_str(), input.variants.as_slice());
        let row = NewPost { id: post, workspace, author: actor.user, body, variants, now };
        match storage::posts::insert_with_key(tx, &row, key).await {
            // Another save by the key was faster; then it is known.
            Err(StorageError::Duplicate(_)) if key.is_some() => return Err(Stop::Raced),
            inserted => inserted?,
        }
        images::insert(tx, workspace, post, input).await?;
        for account in &input.accounts {
            self.add_target(tx, workspace, post, *account, due.as_ref(), now).await?;
        }
        Ok(post)
    }

    async fn add_target(
        &self,
        tx: &mut Tx,
        workspace: WorkspaceId,
        post: PostId,
        account: AccountId,
        due: Option<&Due>,
        now: DateTime<Utc>,
    ) -> Result<(), Stop> {
        let state = match due {
            None => TargetState::Draft,
            Some(_) => TargetState::Draft.apply(Event::Schedule)?,
        };
        let publish_key = self.keys.next(now);
        let id = storage::new_id(now);
        let target = NewTarget { id, workspace, post, account, state, due, publish_key: &publish_key, now };
        Ok(storage::targets::insert(tx, &target).await?)
    }

    /// Writes another version of a post, what follows for its targets, and the revision. Gives whether something has a new time.
    pub(super) async fn change(
        &self,
        tx: &mut Tx,
        actor: Actor,
        loaded: &Loaded,
        Changed { input, when, noted }: Changed<'_>,
        now: DateTime<Utc>,
    ) -> Result<bool, Stop> {
        let workspace = actor.workspace;
        if loaded.targets.iter().any(|t| matches!(t.state, TargetState::Publishing | TargetState::Unknown)) {
            return Err(ApiError::conflict(Conflict::GoingOut).into());
        }
        let old = loaded.input();
        let media_changed = old.media != input.media || old.every_media().ne(input.every_media());
        let content_changed = media_changed || old.text != input.text || old.variants != input.variants;
        let published = |target: &TargetRow| target.state == TargetState::Published;
        if content_changed && loaded.targets.iter().any(published) {
            return Err(ApiError::conflict(Conflict::AlreadyPublished).into());
        }
        let explicit = when.map(|when| due(when, &loaded.post.zone, now)).transpose()?;
        let plan = Plan::of(loaded, input, explicit, content_changed, now)?;
        if !content_changed && plan.changes_nothing() {
            return Ok(false);
        }
        let accounts = new_accounts(tx, workspace, &plan.added).await?;
        let images =
            if media_changed { Images::attach(tx, workspace, input).await? } else { loaded.images() };
        plan.check(input, &images, &accounts, when.is_some())?;

        let (post, version) = (loaded.post.id, loaded.post.version);
        let (body, variants) = (input.text.as_str(), input.variants.as_slice());
        if !storage::posts::update(tx, workspace, post, version, body, variants, now).await? {
            return Err(ApiError::conflict(Conflict::Changed).into());
        }
        if media_changed {
            storage::posts::clear_media(tx, workspace, post).await?;
            images::insert(tx, workspace, post, input).await?;
        }
        if content_changed {
            revisions::note(tx, actor, loaded, input, noted, now).await?;
        }
        plan.write(tx, workspace, now).await?;
        for account in &plan.added {
            self.add_target(tx, workspace, post, *account, plan.due.as_ref(), now).await?;
        }
        Ok(plan.due.is_some())
    }
}

/// Accounts that a post is to go to from now on: of this workspace, and connected.
async fn new_accounts(
    tx: &mut Tx,
    workspace: WorkspaceId,
    wanted: &[AccountId],
) -> Result<Vec<TargetAccountRow>, Stop> {
    let accounts = storage::targets::accounts(tx, workspace, wanted).await?;
    if accounts.len() < wanted.len() {
        return Err(ApiError::NotFound.into());
    }
    match accounts.iter().find(|account| account.disconnected) {
        None => Ok(accounts),
        Some(gone) => {
            let problem = Problem::AccountNotReady { account: called(&gone.handle, &gone.name) };
            Err(ApiError::invalid("accounts", problem).into())
        }
    }
}

/// The workspace's zone, asked for only where it is needed.
async fn zone_for(tx: &mut Tx, workspace: WorkspaceId, when: &When) -> Result<String, Stop> {
    match when {
        When::At { zone, .. } | When::Exactly { zone, .. } => Ok(zone.clone()),
        When::Now => Ok(storage::posts::workspace_zone(tx, workspace).await?.ok_or(ApiError::NotFound)?),
    }
}
