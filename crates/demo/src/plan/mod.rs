//! What there is to be, decided before anything is written.

mod compose;
mod crowd;
mod drafts;
mod fates;
mod posts;
mod rhythm;
mod text;
mod videos;

use crate::draw::Draw;
use crate::pictures::{PICTURES, Picture};
use crate::teams::{Language, PEOPLE, Standing, TEAMS};
use chrono::{DateTime, TimeDelta, Utc};
use model::post::Variant;
use model::state::{Reason, TargetState};
use model::{Platform, PostId, Role, TargetId, UserId, WorkspaceId};

pub use videos::PlannedVideo;

/// Of everybody who is shown on the sign-in page. No secret.
pub const PASSWORD: &str = "demo password";

/// How long the teams have been at it, in days.
const HISTORY: i64 = 548;
/// How far ahead they have planned, in days.
const AHEAD: i64 = 35;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// 3 workspaces, 14 accounts on seven platforms, 2,000 posts.
    Normal,
    /// And 5,000 posts more of the first workspace in the present month.
    BusyMonth,
    /// 100,000 posts and 200 accounts: those beyond the normal ones are of the agency, and its clients'.
    Large,
}

/// Everything that is to be loaded.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub now: DateTime<Utc>,
    pub people: Vec<PlannedPerson>,
    pub workspaces: Vec<PlannedWorkspace>,
    /// Of all workspaces, in the order in which they were written.
    pub posts: Vec<PlannedPost>,
    pub videos: Vec<PlannedVideo>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlannedPerson {
    pub id: UserId,
    pub name: &'static str,
    pub email: &'static str,
    /// Signs in by [`PASSWORD`]; nobody knows the password of the others.
    pub shown: bool,
    pub since: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlannedWorkspace {
    pub id: WorkspaceId,
    pub name: &'static str,
    pub zone: &'static str,
    pub since: DateTime<Utc>,
    /// Places in [`Plan::people`].
    pub members: Vec<(usize, Role)>,
    pub accounts: Vec<PlannedAccount>,
    pub pictures: Vec<&'static Picture>,
}

/// A profile at the sandbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedAccount {
    pub platform: Platform,
    /// Who consents; accounts that follow each other with the same one come from one consent.
    pub login: String,
    pub handle: String,
    pub name: String,
    pub bio: String,
    pub followers: u32,
    pub label: &'static str,
    pub standing: Standing,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlannedPost {
    pub id: PostId,
    /// Place in [`Plan::workspaces`].
    pub workspace: usize,
    /// Place in [`Plan::people`].
    pub author: usize,
    pub language: Language,
    pub text: String,
    pub variants: Vec<Variant>,
    /// Places among the workspace's pictures.
    pub pictures: Vec<usize>,
    pub created_at: DateTime<Utc>,
    /// When it goes out; none for a draft without a time.
    pub due: Option<DateTime<Utc>>,
    pub targets: Vec<PlannedTarget>,
}

impl PlannedPost {
    /// The text that goes to `platform`.
    pub fn text_for(&self, platform: Platform) -> &str {
        self.variants.iter().find(|v| v.platform == platform).map_or(&self.text, |v| &v.text)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct PlannedTarget {
    pub id: TargetId,
    /// Place among the workspace's accounts.
    pub account: usize,
    pub publish_key: String,
    pub fate: Fate,
}

/// What became of a target, or will.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fate {
    Draft,
    Scheduled,
    Published {
        at: DateTime<Utc>,
    },
    Failed {
        at: DateTime<Utc>,
        reason: Reason,
    },
    /// Nobody can see whether it is out: a person is asked.
    Unknown {
        at: DateTime<Utc>,
        reason: Reason,
    },
    Missed {
        reason: Reason,
    },
    Cancelled,
}

impl Fate {
    pub const fn state(&self) -> TargetState {
        match self {
            Self::Draft => TargetState::Draft,
            Self::Scheduled => TargetState::Scheduled,
            Self::Published { .. } => TargetState::Published,
            Self::Failed { .. } => TargetState::Failed,
            Self::Unknown { .. } => TargetState::Unknown,
            Self::Missed { .. } => TargetState::Missed,
            Self::Cancelled => TargetState::Cancelled,
        }
    }
}

impl Plan {
    /// The same input gives the same plan. Of two moments of a day, which day is the workspace's own, the texts and times are the
    /// same; only what is due around `now` makes room for it.
    pub fn of(size: Size, seed: u64, now: DateTime<Utc>) -> Self {
        let since = now - TimeDelta::days(HISTORY + 12);
        let mut draw = Draw::new(seed, "ids");
        let people = PEOPLE
            .iter()
            .map(|somebody| PlannedPerson {
                id: draw.id(since),
                name: somebody.name,
                email: somebody.email,
                shown: somebody.shown,
                since,
            })
            .collect();
        let mut workspaces: Vec<PlannedWorkspace> = TEAMS
            .iter()
            .zip(PICTURES)
            .map(|(team, pictures)| PlannedWorkspace {
                id: draw.id(since),
                name: team.name,
                zone: team.zone,
                since,
                members: team.members.iter().map(|(person, role, _)| (*person, *role)).collect(),
                accounts: team.profiles.iter().map(PlannedAccount::of).collect(),
                pictures: pictures.iter().collect(),
            })
            .collect();
        if size == Size::Large {
            crowd::join(seed, &mut workspaces);
        }
        let posts = posts::all(size, seed, now, &workspaces);
        let teams = TEAMS.iter().zip(&workspaces).enumerate();
        let videos =
            teams.flat_map(|(place, (team, workspace))| videos::of(team, place, workspace, now)).collect();
        Self { now, people, workspaces, posts, videos }
    }

    /// How many targets have this fate's state.
    pub fn count(&self, state: TargetState) -> usize {
        self.posts.iter().flat_map(|post| &post.targets).filter(|t| t.fate.state() == state).count()
    }
}

impl PlannedAccount {
    fn of(profile: &crate::teams::Profile) -> Self {
        Self {
            platform: profile.platform,
            login: profile.login.to_owned(),
            handle: profile.handle.to_owned(),
            name: profile.name.to_owned(),
            bio: profile.bio.to_owned(),
            followers: profile.followers,
            label: profile.label,
            standing: profile.standing,
        }
    }
}
