//! The lists of posts, and how many there are of each kind.

use super::{PostRow, folded};
use crate::db::Tx;
use crate::error::Result;
use chrono::{DateTime, Utc};
use model::{AccountId, Platform, PostId, TargetState, UserId, WorkspaceId};

/// Which posts are taken. State, account and platform are asked of one and the same target.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Any of these; empty: all.
    pub states: &'a [TargetState],
    pub account: Option<AccountId>,
    pub platform: Option<Platform>,
    /// A part of the text, taken literally but for case. Of the lists alone.
    pub search: &'a str,
    /// Who composed it. Of the calendar alone.
    pub author: Option<UserId>,
}

impl Wanted<'_> {
    /// `,draft,failed,`: what `LIKE` finds a state in; empty for all.
    pub(crate) fn states_text(&self) -> String {
        if self.states.is_empty() {
            return String::new();
        }
        self.states.iter().fold(",".to_owned(), |text, state| text + state.key() + ",")
    }

    /// Posts without any target are drafts.
    fn takes_bare_posts(&self) -> bool {
        (self.states.is_empty() || self.states.contains(&TargetState::Draft))
            && self.account.is_none()
            && self.platform.is_none()
    }

    /// Only what needs somebody.
    fn is_attention(&self) -> bool {
        use TargetState::{Failed, Missed, Unknown};
        !self.states.is_empty() && self.states.iter().all(|state| matches!(state, Failed | Missed | Unknown))
    }

    /// What `LIKE … ESCAPE '!'` finds it by in a folded text.
    fn pattern(&self) -> String {
        let escaped = folded(self.search).replace('!', "!!").replace('%', "!%").replace('_', "!_");
        format!("%{escaped}%")
    }
}

/// The newest posts of which a target is asked for, and that fulfil `$more`.
macro_rules! fetch_newest {
    ($tx:expr, $workspace:expr, $wanted:expr, $before:expr, $limit:expr, $more:expr) => {
        fetch_all!(
            $tx,
            PostRow,
            concat!(
                "SELECT ",
                post_columns!(),
                from_post!(),
                " WHERE p.workspace_id = $1 AND ",
                shown!(),
                $more,
                " AND ($2 IS NULL OR p.id < $2)
           AND p.folded LIKE $3 ESCAPE '!'
           AND (EXISTS (SELECT 1 FROM target t JOIN account a ON a.id = t.account_id
                        WHERE t.post_id = p.id AND t.workspace_id = $1
                          AND ($4 = '' OR $4 LIKE '%,' || t.state || ',%' OR ($4 LIKE '%,failed,%' AND ",
                deletion_failed!("t"),
                "))
                          AND ($5 IS NULL OR t.account_id = $5) AND ($6 IS NULL OR a.platform = $6))
                OR ($7 AND NOT EXISTS (SELECT 1 FROM target t WHERE t.post_id = p.id AND t.workspace_id = $1)))
         ORDER BY p.id DESC LIMIT $8"
            ),
            $workspace,
            $before,
            $wanted.pattern(),
            $wanted.states_text(),
            $wanted.account,
            $wanted.platform,
            $wanted.takes_bare_posts(),
            $limit,
        )
    };
}

/// Newest first, those before `before`.
pub async fn list_newest(
    tx: &mut Tx,
    workspace: WorkspaceId,
    wanted: &Wanted<'_>,
    before: Option<PostId>,
    limit: i64,
) -> Result<Vec<PostRow>> {
    if wanted.is_attention() {
        // Few among many: they are found by their state, not by reading every post.
        return fetch_newest!(
            tx,
            workspace,
            wanted,
            before,
            limit,
            concat!(
                " AND p.id IN (SELECT c.post_id FROM target c
                               WHERE c.workspace_id = $1 AND c.state IN ('failed', 'unknown', 'missed')
                               UNION ALL SELECT c.post_id FROM target c WHERE c.workspace_id = $1 AND ",
                deletion_failed!("c"),
                ")"
            )
        );
    }
    fetch_newest!(tx, workspace, wanted, before, limit, "")
}

/// A post and the earliest due time of its targets that were asked for.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DueRow {
    #[sqlx(flatten)]
    pub post: PostRow,
    pub due: DateTime<Utc>,
}

/// The next due first, those after `after`. Only posts with a target that was asked for and has a time.
pub async fn list_by_due(
    tx: &mut Tx,
    workspace: WorkspaceId,
    wanted: &Wanted<'_>,
    after: Option<(DateTime<Utc>, PostId)>,
    limit: i64,
) -> Result<Vec<DueRow>> {
    let all = TargetState::ALL;
    let states = if wanted.states.is_empty() { &all } else { wanted.states };
    let (after_due, after_post) = after.unzip();
    fetch_in!(
        tx,
        DueRow,
        concat!(
            "SELECT ",
            post_columns!(),
            ", d.due
         FROM (SELECT t.post_id, MIN(t.due_at) AS due FROM target t JOIN account a ON a.id = t.account_id
               WHERE t.workspace_id = $1 AND t.due_at IS NOT NULL AND t.state IN ({ids})
                 AND ($2 IS NULL OR t.account_id = $2) AND ($3 IS NULL OR a.platform = $3)
               GROUP BY t.post_id) d
         CROSS JOIN post p JOIN person u ON u.id = p.author_id JOIN workspace w ON w.id = p.workspace_id
         WHERE p.id = d.post_id AND p.workspace_id = $1 AND p.deleted_at IS NULL
           AND ($4 IS NULL OR d.due > $4 OR (d.due = $4 AND p.id > $5))
           AND p.folded LIKE $6 ESCAPE '!'
         ORDER BY d.due, p.id LIMIT $7"
        ),
        [workspace, wanted.account, wanted.platform, after_due, after_post, wanted.pattern(), limit],
        states,
    )
}

/// How many posts have a target in these states; a post with several counts in each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct CountsRow {
    /// Draft, or without any target.
    pub drafts: i64,
    /// Scheduled, awaiting approval or publishing.
    pub scheduled: i64,
    pub published: i64,
    /// Failed, unknown, missed, or not deleted at the platform as it should be.
    pub attention: i64,
}

pub async fn counts(tx: &mut Tx, workspace: WorkspaceId) -> Result<CountsRow> {
    fetch_one!(
        tx,
        CountsRow,
        concat!(
            "SELECT COUNT(DISTINCT CASE WHEN t.id IS NULL OR t.state = 'draft' THEN p.id END) AS drafts,
                COUNT(DISTINCT CASE WHEN t.state IN ('scheduled', 'awaiting_approval', 'publishing') THEN p.id END)
                    AS scheduled,
                COUNT(DISTINCT CASE WHEN t.state = 'published' THEN p.id END) AS published,
                COUNT(DISTINCT CASE WHEN t.state IN ('failed', 'unknown', 'missed') OR ",
            deletion_failed!("t"),
            " THEN p.id END) AS attention
         FROM post p LEFT JOIN target t ON t.post_id = p.id AND t.workspace_id = p.workspace_id
         WHERE p.workspace_id = $1 AND ",
            shown!()
        ),
        workspace,
    )
}
