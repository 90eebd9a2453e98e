//! The use cases, as the UI and the HTTP routes see them. Implemented by the crate `service`.

use crate::account::{
    AccountEdit, AccountView, BlueskyInput, Connected, ConnectionChoices, Disconnected, PlatformOffer,
};
use crate::actor::{Actor, Role};
use crate::calendar::{CalendarFilter, CalendarView};
use crate::error::ApiResult;
use crate::ids::{
    AccountId, ConnectionId, InvitationId, MediaId, PostId, RevisionId, SessionId, TargetId, UserId,
    WorkspaceId,
};
use crate::media::MediaView;
use crate::neighbour::{Composed, Neighbour};
use crate::operations::Operations;
use crate::page::Page;
use crate::platform::Platform;
use crate::post::{PostCounts, PostFilter, PostMove, PostMoved, PostView, SavePost, UnknownAnswer, When};
use crate::revision::RevisionView;
use crate::session::{ClientInfo, NewSession, Session, SessionRow, SetupInput, SignInInput, SignUpInput};
use crate::statistics::{
    AccountNumbers, CompareFilter, Comparison, NumberedPost, Overview, PostCourse, Range, SyncRun,
};
use crate::team::{Invitation, InvitationView, InviteInput, Member, NewInvitation, WorkspaceSettings};
use async_trait::async_trait;
use std::sync::Arc;

/// All services, provided to the UI by context.
#[derive(Clone)]
pub struct Services {
    pub auth: Arc<dyn AuthService>,
    pub team: Arc<dyn TeamService>,
    pub accounts: Arc<dyn AccountService>,
    pub posts: Arc<dyn PostService>,
    pub calendar: Arc<dyn CalendarService>,
    pub media: Arc<dyn MediaService>,
    pub statistics: Arc<dyn StatisticsService>,
    pub operations: Arc<dyn OperationsService>,
}

#[async_trait]
pub trait AuthService: Send + Sync {
    /// No person exists yet: the first visitor creates the owner.
    async fn setup_needed(&self) -> ApiResult<bool>;
    async fn setup(&self, input: SetupInput, client: ClientInfo) -> ApiResult<NewSession>;
    async fn sign_in(&self, input: SignInInput, client: ClientInfo) -> ApiResult<NewSession>;
    async fn sign_out(&self, session: SessionId) -> ApiResult<()>;
    /// The session behind a cookie's token; slides its end.
    async fn authenticate(&self, token: &str) -> ApiResult<Option<Session>>;
    async fn sessions(&self, session: &Session) -> ApiResult<Vec<SessionRow>>;
    /// Ends one of the person's own sessions.
    async fn revoke_session(&self, session: &Session, id: SessionId) -> ApiResult<()>;
    /// Whether a reset link is still good.
    async fn reset_valid(&self, token: &str) -> ApiResult<bool>;
    /// Sets the password and ends every session of the person.
    async fn reset_password(&self, token: &str, password: String) -> ApiResult<()>;
    async fn invitation(&self, token: &str) -> ApiResult<InvitationView>;
    /// Creates the person and joins.
    async fn sign_up(&self, token: &str, input: SignUpInput, client: ClientInfo) -> ApiResult<NewSession>;
    /// Joins with the signed-in person and goes to that workspace.
    async fn accept_invitation(&self, token: &str, session: &Session) -> ApiResult<()>;
}

#[async_trait]
pub trait TeamService: Send + Sync {
    async fn members(&self, actor: Actor) -> ApiResult<Vec<Member>>;
    async fn change_role(&self, actor: Actor, user: UserId, role: Role) -> ApiResult<()>;
    async fn remove_member(&self, actor: Actor, user: UserId) -> ApiResult<()>;
    async fn invitations(&self, actor: Actor) -> ApiResult<Vec<Invitation>>;
    async fn invite(&self, actor: Actor, input: InviteInput) -> ApiResult<NewInvitation>;
    async fn revoke_invitation(&self, actor: Actor, id: InvitationId) -> ApiResult<()>;
    async fn settings(&self, actor: Actor) -> ApiResult<WorkspaceSettings>;
    async fn update_settings(&self, actor: Actor, settings: WorkspaceSettings) -> ApiResult<()>;
    /// Any signed-in person may; becomes its owner and the session goes there.
    async fn create_workspace(&self, session: &Session, name: String, zone: String)
    -> ApiResult<WorkspaceId>;
    async fn switch_workspace(&self, session: &Session, workspace: WorkspaceId) -> ApiResult<()>;
    /// IANA names, for pickers.
    fn zones(&self) -> Vec<String>;
}

/// What a platform sent back to the callback, as received.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OAuthAnswer {
    pub state: Option<String>,
    pub code: Option<String>,
    pub error: Option<String>,
    pub error_description: Option<String>,
}

#[async_trait]
pub trait AccountService: Send + Sync {
    async fn list(&self, actor: Actor) -> ApiResult<Vec<AccountView>>;
    async fn offers(&self, actor: Actor) -> ApiResult<Vec<PlatformOffer>>;
    /// The consent page's address to go to. `reconnect` names the account to renew.
    async fn begin_connect(
        &self,
        actor: Actor,
        session: SessionId,
        platform: Platform,
        reconnect: Option<AccountId>,
    ) -> ApiResult<String>;
    /// The callback: checks `state`, takes the tokens.
    async fn finish_connect(
        &self,
        actor: Actor,
        session: SessionId,
        platform: Platform,
        answer: OAuthAnswer,
    ) -> ApiResult<Connected>;
    async fn choices(&self, actor: Actor, connection: ConnectionId) -> ApiResult<ConnectionChoices>;
    async fn choose(
        &self,
        actor: Actor,
        connection: ConnectionId,
        remote_ids: Vec<String>,
    ) -> ApiResult<Vec<AccountId>>;
    async fn connect_bluesky(&self, actor: Actor, input: BlueskyInput) -> ApiResult<AccountId>;
    async fn edit(&self, actor: Actor, account: AccountId, edit: AccountEdit) -> ApiResult<()>;
    /// Asks the platform whether the connection works, refreshing if needed, and stores the health.
    async fn check(&self, actor: Actor, account: AccountId) -> ApiResult<AccountView>;
    /// Cancels what waits on it; revokes at the platform with the last account of the grant. The posts' history stays.
    async fn disconnect(&self, actor: Actor, account: AccountId) -> ApiResult<Disconnected>;
}

#[async_trait]
pub trait PostService: Send + Sync {
    /// Saves, and schedules where asked, in one step: nothing is kept unless all is right.
    async fn save(&self, actor: Actor, save: SavePost) -> ApiResult<PostView>;
    async fn get(&self, actor: Actor, post: PostId) -> ApiResult<PostView>;
    async fn list(&self, actor: Actor, filter: PostFilter) -> ApiResult<Page<PostView>>;
    async fn counts(&self, actor: Actor) -> ApiResult<PostCounts>;
    /// Moves every target that can still move.
    async fn reschedule(&self, actor: Actor, post: PostId, when: When) -> ApiResult<PostView>;
    /// The same for up to [`MOST_MOVES`](crate::post::MOST_MOVES) posts, each by itself: what one is refused keeps no other
    /// from moving. The answers come in the order of the moves.
    async fn reschedule_many(&self, actor: Actor, moves: Vec<PostMove>) -> ApiResult<Vec<PostMoved>>;
    /// Cancels every target that is not out yet.
    async fn cancel(&self, actor: Actor, post: PostId) -> ApiResult<PostView>;
    async fn cancel_target(&self, actor: Actor, target: TargetId) -> ApiResult<PostView>;
    /// Failed, missed or cancelled: again, now or at a time.
    async fn retry_target(&self, actor: Actor, target: TargetId, when: When) -> ApiResult<PostView>;
    async fn resolve_unknown(
        &self,
        actor: Actor,
        target: TargetId,
        answer: UnknownAnswer,
    ) -> ApiResult<PostView>;
    /// Removes the post; what is going out is deleted after its outcome, what is out stays at the platform. Refused while a
    /// person has to say whether it is out. If that turns out to be so later, the post is shown again until somebody has.
    async fn delete(&self, actor: Actor, post: PostId) -> ApiResult<()>;
    /// Deletes at the platform.
    async fn delete_remote(&self, actor: Actor, target: TargetId) -> ApiResult<PostView>;
    async fn duplicate(&self, actor: Actor, post: PostId) -> ApiResult<PostView>;
    /// What the post held at earlier times, the newest first; empty as long as nobody changed it.
    async fn revisions(&self, actor: Actor, post: PostId) -> ApiResult<Vec<RevisionView>>;
    /// Makes an earlier revision the post's content again, as a new one. Images that were deleted since stay away. Refused like
    /// any other change: while the post is going out, once it is out, and where a platform would refuse what is scheduled.
    async fn restore(&self, actor: Actor, post: PostId, revision: RevisionId) -> ApiResult<PostView>;
    /// Posts that this one would come close to on its accounts, those with the same words first.
    async fn neighbours(&self, actor: Actor, composed: Composed) -> ApiResult<Vec<Neighbour>>;
}

#[async_trait]
pub trait CalendarService: Send + Sync {
    /// What stands on the days of a month, a week or a day, in the workspace's zone.
    async fn view(&self, actor: Actor, filter: CalendarFilter) -> ApiResult<CalendarView>;
}

/// The numbers of accounts and posts. Days are the workspace's; every range has the days before it beside it.
#[async_trait]
pub trait StatisticsService: Send + Sync {
    /// All connected accounts together.
    async fn overview(&self, actor: Actor, range: Range) -> ApiResult<Overview>;
    /// One account, connected or not.
    async fn account(&self, actor: Actor, account: AccountId, range: Range) -> ApiResult<AccountNumbers>;
    /// What became of a post of ours, on each account where a sync has found it.
    async fn post(&self, actor: Actor, post: PostId) -> ApiResult<Vec<PostCourse>>;
    /// The same without how it grew.
    async fn counts(&self, actor: Actor, post: PostId) -> ApiResult<Vec<NumberedPost>>;
    async fn compare(&self, actor: Actor, filter: CompareFilter) -> ApiResult<Comparison>;
    /// The days of an account as CSV: one row a day, one column a metric.
    async fn account_csv(&self, actor: Actor, account: AccountId, range: Range) -> ApiResult<String>;
    /// The posts of an account as CSV, the newest first.
    async fn posts_csv(&self, actor: Actor, account: AccountId, range: Range) -> ApiResult<String>;
    /// Accounts side by side as CSV: one row for each account and day.
    async fn compare_csv(&self, actor: Actor, filter: CompareFilter) -> ApiResult<String>;
    /// Reads the account's numbers now; one that is being synced already is left to that. Five times a minute at most.
    async fn sync_now(&self, actor: Actor, account: AccountId) -> ApiResult<SyncRun>;
    /// The log, the newest first.
    async fn sync_runs(
        &self,
        actor: Actor,
        account: AccountId,
        cursor: Option<String>,
    ) -> ApiResult<Page<SyncRun>>;
}

#[async_trait]
pub trait OperationsService: Send + Sync {
    /// Workers, queue, schedules, syncs and connections at this moment.
    async fn look(&self, actor: Actor) -> ApiResult<Operations>;
}

#[async_trait]
pub trait MediaService: Send + Sync {
    /// Stores an upload after looking at its bytes; `path` is a file the caller has streamed to and removes.
    async fn add(&self, actor: Actor, name: String, path: &std::path::Path) -> ApiResult<MediaView>;
    async fn get(&self, actor: Actor, media: MediaId) -> ApiResult<MediaView>;
    async fn list(&self, actor: Actor, cursor: Option<String>) -> ApiResult<Page<MediaView>>;
    async fn set_alt(&self, actor: Actor, media: MediaId, alt: String) -> ApiResult<()>;
    async fn delete(&self, actor: Actor, media: MediaId) -> ApiResult<()>;
}
