//! Saving: a new post, or another version of one, with its schedule in the same transaction.

use super::acts::destination;
use super::content::{Destination, bounded, check_content, check_schedule};
use super::due::due;
use super::load::{Loaded, load};
use super::save_again::{checked_key, keyed};
use super::stop::held;
use super::{Posts, Stop};
use chrono::{DateTime, Utc};
use model::account::called;
use model::media::MediaView;
use model::post::{PostInput, SavePost, When};
use model::state::Event;
use model::text::MediaFacts;
use model::{AccountId, Actor, ApiError, Conflict, Platform, PostId, Problem, TargetState, WorkspaceId};
use std::collections::{BTreeSet, HashMap, HashSet};
use storage::posts::NewPost;
use storage::targets::{Due, NewTarget, TargetAccountRow, TargetRow};
use storage::{StorageError, Tx};

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
                    let scheduled =
                        self.save_again(&mut tx, actor.workspace, there, &input, when, now).await?;
                    (there.id, scheduled)
                }
            },
            Some(post) => {
                let version = save.version.ok_or_else(|| ApiError::invalid("version", Problem::Required))?;
                let loaded = load(&mut tx, actor.workspace, post).await?;
                if loaded.post.version != version {
                    return Err(ApiError::conflict(Conflict::Changed).into());
                }
                let scheduled =
                    self.change(&mut tx, actor.workspace, &loaded, &input, save.when.as_ref(), now).await?;
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
        let facts = media_facts(tx, workspace, input).await?;
        let due = match when {
            None => None,
            Some(when) => Some(due(when, &zone_for(tx, workspace, when).await?, now)?),
        };
        if due.is_some() {
            let destinations: Vec<_> = accounts.iter().map(new_destination).collect();
            check_schedule(input, &facts, &destinations)?;
        }
        let post: PostId = storage::new_id(now);
        let (body, variants) = (input.text.as_str(), input.variants.as_slice());
        let row = NewPost { id: post, workspace, author: actor.user, body, variants, now };
        match storage::posts::insert_with_key(tx, &row, key).await {
            // Another save by the key was faster; then it is known.
            Err(StorageError::Duplicate(_)) if key.is_some() => return Err(Stop::Raced),
            inserted => inserted?,
        }
        storage::posts::insert_media(tx, workspace, post, &input.media).await?;
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

    /// Writes another version of a post and what follows for its targets. Gives whether something has a new time.
    pub(super) async fn change(
        &self,
        tx: &mut Tx,
        workspace: WorkspaceId,
        loaded: &Loaded,
        input: &PostInput,
        when: Option<&When>,
        now: DateTime<Utc>,
    ) -> Result<bool, Stop> {
        if loaded.targets.iter().any(|t| matches!(t.state, TargetState::Publishing | TargetState::Unknown)) {
            return Err(ApiError::conflict(Conflict::GoingOut).into());
        }
        let old = loaded.input();
        let media_changed = old.media != input.media;
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
        let facts = if media_changed { media_facts(tx, workspace, input).await? } else { loaded.facts() };
        plan.check(input, &facts, &accounts, when.is_some())?;

        let (post, version) = (loaded.post.id, loaded.post.version);
        let (body, variants) = (input.text.as_str(), input.variants.as_slice());
        if !storage::posts::update(tx, workspace, post, version, body, variants, now).await? {
            return Err(ApiError::conflict(Conflict::Changed).into());
        }
        if media_changed {
            storage::posts::clear_media(tx, workspace, post).await?;
            storage::posts::insert_media(tx, workspace, post, &input.media).await?;
        }
        plan.write(tx, workspace, now).await?;
        for account in &plan.added {
            self.add_target(tx, workspace, post, *account, plan.due.as_ref(), now).await?;
        }
        Ok(plan.due.is_some())
    }
}

/// What becomes of the targets of a post that is changed.
struct Plan<'a> {
    /// The time of what is scheduled: the one chosen, or that of the targets which wait already.
    due: Option<Due>,
    scheduled: Vec<(&'a TargetRow, TargetState)>,
    edited: Vec<(&'a TargetRow, TargetState)>,
    cancelled: Vec<(&'a TargetRow, TargetState)>,
    /// Taken away without a trace: the ledger doesn't know them.
    removed: Vec<&'a TargetRow>,
    added: Vec<AccountId>,
}

impl<'a> Plan<'a> {
    fn of(
        loaded: &'a Loaded,
        input: &PostInput,
        explicit: Option<Due>,
        content_changed: bool,
        now: DateTime<Utc>,
    ) -> Result<Self, Stop> {
        let wanted: HashSet<_> = input.accounts.iter().copied().collect();
        let known: HashSet<_> = loaded.targets.iter().map(|target| target.account_id).collect();
        let (kept, dropped): (Vec<_>, Vec<_>) =
            loaded.targets.iter().partition(|t| wanted.contains(&t.account_id));
        let chosen = explicit.is_some();
        let mut plan = Self {
            // Who joins a scheduled post goes out with it.
            due: explicit.or_else(|| earliest(&kept, now)),
            scheduled: Vec::new(),
            edited: Vec::new(),
            cancelled: Vec::new(),
            removed: Vec::new(),
            added: input.accounts.iter().copied().filter(|account| !known.contains(account)).collect(),
        };
        for target in kept {
            let rejoins = target.state == TargetState::Cancelled && plan.due.is_some();
            if target.state == TargetState::Published {
                continue;
            } else if chosen || rejoins {
                let event =
                    if target.state == TargetState::Scheduled { Event::Move } else { Event::Schedule };
                plan.scheduled.push((target, target.state.apply(event)?));
            } else if content_changed {
                plan.edited.push((target, target.state.apply(Event::Edit)?));
            }
        }
        for target in dropped {
            match target.state {
                TargetState::Cancelled => {}
                TargetState::Published => return Err(ApiError::conflict(Conflict::AlreadyPublished).into()),
                _ if target.attempts == 0 => plan.removed.push(target),
                state => plan.cancelled.push((target, state.apply(Event::Cancel)?)),
            }
        }
        if chosen && plan.scheduled.is_empty() && plan.added.is_empty() && !loaded.targets.is_empty() {
            let out = loaded.targets.iter().any(|target| target.state == TargetState::Published);
            return Err(if out {
                ApiError::conflict(Conflict::AlreadyPublished).into()
            } else {
                ApiError::invalid("accounts", Problem::NoAccount).into()
            });
        }
        Ok(plan)
    }

    fn changes_nothing(&self) -> bool {
        self.scheduled.is_empty()
            && self.edited.is_empty()
            && self.cancelled.is_empty()
            && self.removed.is_empty()
            && self.added.is_empty()
    }

    /// Refuses to schedule what can't go out, and to spoil what waits to go out.
    fn check(
        &self,
        input: &PostInput,
        facts: &[MediaFacts],
        added: &[TargetAccountRow],
        chosen: bool,
    ) -> Result<(), Stop> {
        let mut destinations: Vec<_> = self.scheduled.iter().map(|(target, _)| destination(target)).collect();
        if self.due.is_some() {
            destinations.extend(added.iter().map(new_destination));
        }
        if chosen || !destinations.is_empty() {
            check_schedule(input, facts, &destinations)?;
        }
        let waiting: BTreeSet<Platform> = self
            .edited
            .iter()
            .filter(|(_, to)| *to == TargetState::Scheduled)
            .map(|(target, _)| target.platform)
            .collect();
        Ok(check_content(input, facts, waiting)?)
    }

    async fn write(&self, tx: &mut Tx, workspace: WorkspaceId, now: DateTime<Utc>) -> Result<(), Stop> {
        if let Some(due) = &self.due {
            for (target, to) in &self.scheduled {
                held(storage::targets::schedule(tx, workspace, target.seen(), *to, due, now).await?)?;
            }
        }
        for (target, to) in &self.edited {
            held(storage::targets::edit(tx, workspace, target.seen(), *to, now).await?)?;
        }
        for (target, to) in &self.cancelled {
            held(storage::targets::cancel(tx, workspace, target.seen(), *to, now).await?)?;
        }
        for target in &self.removed {
            held(storage::targets::remove(tx, workspace, target.seen()).await?)?;
        }
        Ok(())
    }
}

/// The time of the scheduled target that is due first; not before now.
fn earliest(targets: &[&TargetRow], now: DateTime<Utc>) -> Option<Due> {
    let waiting = targets.iter().filter(|target| target.state == TargetState::Scheduled);
    let (at, zone) = waiting.filter_map(|target| Some((target.due_at?, target.zone.clone()?))).min()?;
    Some(Due { at: at.max(now), zone })
}

fn new_destination(account: &TargetAccountRow) -> Destination {
    let name = called(&account.handle, &account.name);
    Destination { platform: account.platform, account: name, ready: !account.paused }
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

/// What the rules ask about the input's media, all of which must be of this workspace.
async fn media_facts(
    tx: &mut Tx,
    workspace: WorkspaceId,
    input: &PostInput,
) -> Result<Vec<MediaFacts>, Stop> {
    let ids: BTreeSet<_> = input.media.iter().map(|item| item.media).collect();
    let rows = storage::media::get_to_attach(tx, workspace, &ids.into_iter().collect::<Vec<_>>()).await?;
    let views: HashMap<_, MediaView> =
        rows.into_iter().map(|row| (row.id, crate::media::view(row))).collect();
    let facts_of = |item: &model::post::PostMedia| Some(MediaFacts::of(views.get(&item.media)?, &item.alt));
    Ok(input.media.iter().map(facts_of).collect::<Option<_>>().ok_or(ApiError::NotFound)?)
}

/// The workspace's zone, asked for only where it is needed.
async fn zone_for(tx: &mut Tx, workspace: WorkspaceId, when: &When) -> Result<String, Stop> {
    match when {
        When::At { zone, .. } | When::Exactly { zone, .. } => Ok(zone.clone()),
        When::Now => Ok(storage::posts::workspace_zone(tx, workspace).await?.ok_or(ApiError::NotFound)?),
    }
}
