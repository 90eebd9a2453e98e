//! Posts, targets and media, on both engines.

use chrono::{DateTime, TimeDelta, Utc};
use model::media::ImageFormat;
use model::post::{PostMedia, Variant};
use model::{AccountId, AttemptId, MediaId, Platform, PostId, TargetId, TargetState, UserId, WorkspaceId};
use storage::accounts::NewAccount;
use storage::grants::GrantKey;
use storage::media::{NewMedia, RenditionRow};
use storage::persons::Person;
use storage::posts::{CountsRow, NewPost, Wanted};
use storage::publishing::Claim;
use storage::targets::{Due, NewTarget, Seen, TargetRow};
use storage::workspaces::Workspace;
use storage::{
    Db, EngineConn, accounts, grants, media, new_id, persons, posts, publishing, targets, workspaces,
};
use testing::{TestDb, each_engine};

/// A workspace in Paris, a person and an account on X and Bluesky each.
pub(crate) struct Place {
    pub(crate) db: Db,
    pub(crate) workspace: WorkspaceId,
    person: UserId,
    pub(crate) x: AccountId,
    bluesky: AccountId,
}

impl Place {
    pub(crate) async fn new(db: &Db, name: &str) -> Self {
        let now = db.clock().now();
        let person = Person {
            id: new_id(now),
            name: name.to_owned(),
            email: format!("{name}@example.com"),
            password_hash: String::new(),
            created_at: now,
        };
        let workspace = Workspace {
            id: new_id(now),
            name: name.to_owned(),
            zone: "Europe/Paris".to_owned(),
            lateness_window_min: 60,
            created_at: now,
        };
        let mut tx = db.begin().await.unwrap();
        persons::insert(&mut tx, &person).await.unwrap();
        workspaces::insert(&mut tx, &workspace).await.unwrap();
        let mut ids = Vec::new();
        for platform in [Platform::X, Platform::Bluesky] {
            let host = "https://host";
            let key = GrantKey { workspace: workspace.id, platform, host, app: "app", subject: name };
            let grant = grants::claim(&mut tx, &key, now).await.unwrap();
            let new = NewAccount {
                workspace: workspace.id,
                grant,
                platform,
                host,
                remote_id: name,
                handle: name,
                name,
                url: None,
            };
            ids.push(accounts::connect(&mut tx, &new, now).await.unwrap());
        }
        tx.commit().await.unwrap();
        Self { db: db.clone(), workspace: workspace.id, person: person.id, x: ids[0], bluesky: ids[1] }
    }

    pub(crate) fn now(&self) -> DateTime<Utc> {
        self.db.clock().now()
    }

    pub(crate) fn id<T: From<uuid::Uuid>>(&self) -> T {
        new_id(self.now())
    }

    pub(crate) async fn post(&self, body: &str) -> PostId {
        let post = NewPost {
            id: self.id(),
            workspace: self.workspace,
            author: self.person,
            body,
            variants: &[Variant { platform: Platform::X, text: "short".to_owned() }],
            now: self.now(),
        };
        let mut tx = self.db.begin().await.unwrap();
        posts::insert(&mut tx, &post).await.unwrap();
        tx.commit().await.unwrap();
        post.id
    }

    /// Scheduled for `at`, or a draft.
    pub(crate) async fn target(
        &self,
        post: PostId,
        account: AccountId,
        at: Option<DateTime<Utc>>,
    ) -> TargetId {
        let due = at.map(|at| Due { at, zone: "Asia/Tokyo".to_owned() });
        let id = self.id();
        let target = NewTarget {
            id,
            workspace: self.workspace,
            post,
            account,
            state: if due.is_some() { TargetState::Scheduled } else { TargetState::Draft },
            due: due.as_ref(),
            publish_key: "3jzfcijpj2z2a",
            now: self.now(),
        };
        let mut tx = self.db.begin().await.unwrap();
        targets::insert(&mut tx, &target).await.unwrap();
        tx.commit().await.unwrap();
        id
    }

    async fn row(&self, target: TargetId) -> TargetRow {
        let mut tx = self.db.read().await.unwrap();
        let post = targets::post_of(&mut tx, self.workspace, target).await.unwrap().unwrap();
        let rows = targets::of_posts(&mut tx, self.workspace, &[post]).await.unwrap();
        rows.into_iter().find(|row| row.id == target).unwrap()
    }

    /// Puts a target into a state that only the publisher leads to.
    async fn force(&self, target: TargetId, state: TargetState, asks: bool, remote_id: Option<&str>) {
        let sql = "UPDATE target SET state = $2, asks = $3, remote_id = $4 WHERE id = $1";
        let mut tx = self.db.begin().await.unwrap();
        match tx.as_engine() {
            EngineConn::Sqlite(c) => {
                sqlx::query(sql)
                    .bind(target)
                    .bind(state)
                    .bind(asks)
                    .bind(remote_id)
                    .execute(c)
                    .await
                    .unwrap();
            }
            EngineConn::Postgres(c) => {
                sqlx::query(sql)
                    .bind(target)
                    .bind(state)
                    .bind(asks)
                    .bind(remote_id)
                    .execute(c)
                    .await
                    .unwrap();
            }
        }
        tx.commit().await.unwrap();
    }

    async fn image(&self, name: &str) -> MediaId {
        let id = self.id();
        let new = NewMedia {
            id,
            workspace: self.workspace,
            person: self.person,
            name,
            format: ImageFormat::Png,
            bytes: 1_234,
            width: 640,
            height: 480,
            sha256: &[9; 32],
            now: self.now(),
        };
        let mut tx = self.db.begin().await.unwrap();
        media::insert(&mut tx, &new).await.unwrap();
        tx.commit().await.unwrap();
        id
    }
}

async fn two_places(test: &TestDb) -> (Place, Place) {
    (Place::new(&test.db, "ana").await, Place::new(&test.db, "bo").await)
}

#[tokio::test]
async fn a_post_is_read_changed_and_deleted_in_its_workspace_only() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let post = here.post("Bonjour à tous").await;
        let mut tx = test.db.begin().await.unwrap();
        let row = posts::get(&mut tx, here.workspace, post).await.unwrap().unwrap();
        assert_eq!((row.body.as_str(), row.author.as_str(), row.version), ("Bonjour à tous", "ana", 1));
        assert_eq!((row.zone.as_str(), row.created_at), ("Europe/Paris", here.now()));
        assert_eq!(row.variants.0[0].text, "short");

        test.clock.advance(TimeDelta::seconds(5));
        let now = here.now();
        assert!(posts::get(&mut tx, there.workspace, post).await.unwrap().is_none());
        assert!(!posts::update(&mut tx, there.workspace, post, 1, "theirs", &[], now).await.unwrap());
        assert!(!posts::touch(&mut tx, there.workspace, post, now).await.unwrap());
        assert!(!posts::mark_deleted(&mut tx, there.workspace, post, now).await.unwrap());

        assert!(!posts::update(&mut tx, here.workspace, post, 2, "stale", &[], now).await.unwrap());
        assert!(posts::update(&mut tx, here.workspace, post, 1, "Bonsoir", &[], now).await.unwrap());
        assert!(posts::touch(&mut tx, here.workspace, post, now).await.unwrap());
        let row = posts::get(&mut tx, here.workspace, post).await.unwrap().unwrap();
        assert_eq!((row.body.as_str(), row.version, row.updated_at), ("Bonsoir", 3, now));
        assert!(row.variants.0.is_empty());

        assert!(posts::mark_deleted(&mut tx, here.workspace, post, now).await.unwrap());
        assert!(!posts::mark_deleted(&mut tx, here.workspace, post, now).await.unwrap());
        assert!(posts::get(&mut tx, here.workspace, post).await.unwrap().is_none());
        assert!(!posts::touch(&mut tx, here.workspace, post, now).await.unwrap());
        let zone = posts::workspace_zone(&mut tx, here.workspace).await.unwrap();
        assert_eq!(zone.as_deref(), Some("Europe/Paris"));
        assert_eq!(posts::workspace_zone(&mut tx, here.id()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn media_of_a_post_keep_their_order() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let (post, other) = (here.post("one").await, here.post("two").await);
        let (first, second) = (here.image("a.png").await, here.image("b.png").await);
        let item = |media, alt: &str| PostMedia { media, alt: alt.to_owned() };
        let mut tx = test.db.begin().await.unwrap();
        let order = [item(second, "B"), item(first, "A"), item(second, "again")];
        posts::insert_media(&mut tx, here.workspace, post, &order).await.unwrap();
        posts::insert_media(&mut tx, here.workspace, other, &[item(first, "other")]).await.unwrap();
        let rows = posts::media(&mut tx, here.workspace, &[post]).await.unwrap();
        let shown: Vec<_> = rows.iter().map(|m| (m.media_id, m.alt.as_str(), m.name.as_str())).collect();
        assert_eq!(shown, [(second, "B", "b.png"), (first, "A", "a.png"), (second, "again", "b.png")]);
        assert_eq!(
            (rows[0].format, rows[0].width, rows[0].height, rows[0].bytes),
            (ImageFormat::Png, 640, 480, 1_234)
        );
        assert_eq!(posts::media(&mut tx, here.workspace, &[post, other]).await.unwrap().len(), 4);
        assert!(posts::media(&mut tx, here.workspace, &[]).await.unwrap().is_empty());
        assert!(posts::media(&mut tx, there.workspace, &[post, other]).await.unwrap().is_empty());

        assert!(media::in_use(&mut tx, here.workspace, first).await.unwrap());
        assert!(!media::in_use(&mut tx, there.workspace, first).await.unwrap());
        posts::clear_media(&mut tx, there.workspace, post).await.unwrap();
        assert!(media::in_use(&mut tx, here.workspace, second).await.unwrap());
        posts::clear_media(&mut tx, here.workspace, post).await.unwrap();
        assert!(!media::in_use(&mut tx, here.workspace, second).await.unwrap());
        assert!(media::in_use(&mut tx, here.workspace, first).await.unwrap(), "in the other post");
        posts::mark_deleted(&mut tx, here.workspace, other, here.now()).await.unwrap();
        assert!(!media::in_use(&mut tx, here.workspace, first).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn media_of_a_deleted_post_that_is_going_out_are_in_use() {
    each_engine(async |test| {
        let here = Place::new(&test.db, "ana").await;
        let (post, image) = (here.post("out").await, here.image("a.png").await);
        let target = here.target(post, here.x, Some(here.now())).await;
        here.force(target, TargetState::Publishing, false, None).await;
        let mut tx = test.db.begin().await.unwrap();
        let media = [PostMedia { media: image, alt: String::new() }];
        posts::insert_media(&mut tx, here.workspace, post, &media).await.unwrap();
        posts::mark_deleted(&mut tx, here.workspace, post, here.now()).await.unwrap();
        assert!(media::in_use(&mut tx, here.workspace, image).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn lists_filter_search_and_go_on_from_a_cursor() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        there.post("not yours").await;
        let mut ids = Vec::new();
        for body in ["bare draft", "Été 100%_sure", "three", "four"] {
            ids.push(here.post(body).await);
            test.clock.advance(TimeDelta::seconds(1));
        }
        let late = here.now() + TimeDelta::hours(2);
        let soon = here.now() + TimeDelta::hours(1);
        here.target(ids[1], here.x, Some(late)).await;
        here.target(ids[2], here.x, Some(late)).await;
        here.target(ids[2], here.bluesky, Some(soon)).await;
        let failed = here.target(ids[3], here.bluesky, Some(soon)).await;
        here.force(failed, TargetState::Failed, false, None).await;

        let mut tx = test.db.read().await.unwrap();
        let workspace = here.workspace;
        let mut newest = async |wanted: Wanted<'_>, before: Option<PostId>, limit: i64| -> Vec<PostId> {
            let rows = posts::list_newest(&mut tx, workspace, &wanted, before, limit).await.unwrap();
            rows.into_iter().map(|row| row.id).collect()
        };
        let all = Wanted::default();
        assert_eq!(newest(all, None, 10).await, [ids[3], ids[2], ids[1], ids[0]], "{}", test.engine_name);
        assert_eq!(newest(all, None, 2).await, [ids[3], ids[2]]);
        assert_eq!(newest(all, Some(ids[2]), 10).await, [ids[1], ids[0]]);
        let of = |states| Wanted { states, ..all };
        assert_eq!(newest(of(&[TargetState::Draft]), None, 10).await, [ids[0]]);
        let two = [TargetState::Failed, TargetState::Scheduled];
        assert_eq!(newest(of(&two), None, 10).await, [ids[3], ids[2], ids[1]]);
        assert_eq!(newest(Wanted { account: Some(here.bluesky), ..all }, None, 10).await, [ids[3], ids[2]]);
        let failed_on_x = Wanted { states: &two[..1], platform: Some(Platform::X), ..all };
        assert!(newest(failed_on_x, None, 10).await.is_empty(), "one target must have both");
        assert_eq!(newest(Wanted { platform: Some(Platform::X), ..all }, None, 10).await, [ids[2], ids[1]]);
        for (search, found) in [("DRAFT", ids[0]), ("Été", ids[1]), ("100%_s", ids[1]), ("THREE", ids[2])] {
            assert_eq!(
                newest(Wanted { search, ..all }, None, 10).await,
                [found],
                "{search} {}",
                test.engine_name
            );
        }
        for search in ["100%!", "100__", "a%t"] {
            assert!(newest(Wanted { search, ..all }, None, 10).await.is_empty(), "{search}");
        }

        let coming = of(&[TargetState::Scheduled]);
        let rows = posts::list_by_due(&mut tx, workspace, &coming, None, 10).await.unwrap();
        let shown: Vec<_> = rows.iter().map(|row| (row.post.id, row.due)).collect();
        assert_eq!(shown, [(ids[2], soon), (ids[1], late)]);
        let after = posts::list_by_due(&mut tx, workspace, &coming, Some(shown[0].1).zip(Some(ids[2])), 10)
            .await
            .unwrap();
        assert_eq!(after.len(), 1);
        assert_eq!(after[0].post.id, ids[1]);
        assert_eq!(posts::list_by_due(&mut tx, workspace, &coming, None, 1).await.unwrap().len(), 1);
        let on_x = Wanted { account: Some(here.x), platform: Some(Platform::X), search: "three", ..coming };
        let rows = posts::list_by_due(&mut tx, workspace, &on_x, None, 10).await.unwrap();
        assert_eq!(rows.iter().map(|row| (row.post.id, row.due)).collect::<Vec<_>>(), [(ids[2], late)]);
        assert!(posts::list_by_due(&mut tx, there.workspace, &coming, None, 10).await.unwrap().is_empty());

        let counts = posts::counts(&mut tx, workspace).await.unwrap();
        assert_eq!(counts, CountsRow { drafts: 1, scheduled: 2, published: 0, attention: 1 });
        let counts = posts::counts(&mut tx, there.workspace).await.unwrap();
        assert_eq!(counts, CountsRow { drafts: 1, scheduled: 0, published: 0, attention: 0 });
    })
    .await;
}

#[tokio::test]
async fn targets_are_read_with_their_account() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let post = here.post("hello").await;
        let at = here.now() + TimeDelta::hours(1);
        let target = here.target(post, here.x, Some(at)).await;
        let draft = here.target(post, here.bluesky, None).await;
        let row = here.row(target).await;
        assert_eq!((row.state, row.revision, row.attempts, row.asks), (TargetState::Scheduled, 1, 0, false));
        assert_eq!(
            (row.due_at, row.next_attempt_at, row.zone.as_deref()),
            (Some(at), Some(at), Some("Asia/Tokyo"))
        );
        assert_eq!(
            (row.platform, row.handle.as_str(), row.account_name.as_str()),
            (Platform::X, "ana", "ana")
        );
        assert!(!row.paused && !row.disconnected && row.reason.is_none() && row.stage.is_none());
        let row = here.row(draft).await;
        assert_eq!(
            (row.state, row.due_at, row.next_attempt_at, row.zone),
            (TargetState::Draft, None, None, None)
        );

        let mut tx = test.db.read().await.unwrap();
        assert!(targets::of_posts(&mut tx, there.workspace, &[post]).await.unwrap().is_empty());
        assert_eq!(targets::post_of(&mut tx, here.workspace, target).await.unwrap(), Some(post));
        assert_eq!(targets::post_of(&mut tx, there.workspace, target).await.unwrap(), None);
        let ids = [here.x, there.x, here.bluesky];
        let mut found = targets::accounts(&mut tx, here.workspace, &ids).await.unwrap();
        found.sort_by_key(|account| account.id);
        let found: Vec<_> =
            found.iter().map(|a| (a.id, a.platform, a.handle.as_str(), a.paused, a.disconnected)).collect();
        let mut wanted = [
            (here.x, Platform::X, "ana", false, false),
            (here.bluesky, Platform::Bluesky, "ana", false, false),
        ];
        wanted.sort_by_key(|account| account.0);
        assert_eq!(found, wanted);
    })
    .await;
}

#[tokio::test]
async fn a_write_holds_only_for_the_state_and_revision_that_were_read() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let post = here.post("hello").await;
        let target = here.target(post, here.x, Some(here.now())).await;
        let read = here.row(target).await.seen();
        let stale = Seen { revision: read.revision + 1, ..read };
        let other_state = Seen { state: TargetState::Draft, ..read };
        let due = Due { at: here.now() + TimeDelta::days(1), zone: "UTC".to_owned() };
        let (now, ours, theirs) = (here.now(), here.workspace, there.workspace);
        for (workspace, seen) in [(ours, stale), (ours, other_state), (theirs, read)] {
            let mut tx = test.db.begin().await.unwrap();
            let to = TargetState::Scheduled;
            assert!(!targets::schedule(&mut tx, workspace, seen, to, &due, now).await.unwrap());
            assert!(!targets::edit(&mut tx, workspace, seen, to, now).await.unwrap());
            assert!(!targets::cancel(&mut tx, workspace, seen, TargetState::Cancelled, now).await.unwrap());
            assert!(!targets::remove(&mut tx, workspace, seen).await.unwrap());
            tx.commit().await.unwrap();
        }
        assert_eq!(here.row(target).await.seen(), read);

        let mut tx = test.db.begin().await.unwrap();
        assert!(targets::edit(&mut tx, ours, read, TargetState::Scheduled, now).await.unwrap());
        let read = Seen { revision: 2, ..read };
        assert!(targets::schedule(&mut tx, ours, read, TargetState::Scheduled, &due, now).await.unwrap());
        tx.commit().await.unwrap();
        let row = here.row(target).await;
        assert_eq!((row.revision, row.due_at, row.next_attempt_at), (3, Some(due.at), Some(due.at)));
        assert_eq!(row.zone.as_deref(), Some("UTC"));

        let mut tx = test.db.begin().await.unwrap();
        assert!(targets::cancel(&mut tx, ours, row.seen(), TargetState::Cancelled, now).await.unwrap());
        tx.commit().await.unwrap();
        let row = here.row(target).await;
        assert_eq!((row.state, row.revision), (TargetState::Cancelled, 4));
        assert_eq!((row.due_at, row.next_attempt_at), (Some(due.at), None));

        let mut tx = test.db.begin().await.unwrap();
        assert!(targets::remove(&mut tx, ours, row.seen()).await.unwrap());
        assert_eq!(targets::post_of(&mut tx, ours, target).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_edit_loses_against_a_claim_and_what_was_attempted_stays() {
    each_engine(async |test| {
        let here = Place::new(&test.db, "ana").await;
        let post = here.post("hello").await;
        let target = here.target(post, here.x, Some(here.now())).await;
        let read = here.row(target).await.seen();
        let (now, attempt): (_, AttemptId) = (here.now(), here.id());
        let mut tx = test.db.begin().await.unwrap();
        let claim = Claim {
            target,
            workspace: here.workspace,
            revision: read.revision,
            attempt,
            owner: "worker",
            lease_until: now + TimeDelta::seconds(90),
            created_at: now,
            now,
        };
        assert!(publishing::claim(&mut tx, &claim).await.unwrap(), "{}", test.engine_name);
        assert!(!targets::edit(&mut tx, here.workspace, read, TargetState::Scheduled, now).await.unwrap());
        assert!(!targets::cancel(&mut tx, here.workspace, read, TargetState::Cancelled, now).await.unwrap());
        assert!(!targets::remove(&mut tx, here.workspace, read).await.unwrap());
        tx.commit().await.unwrap();
        let row = here.row(target).await;
        assert_eq!((row.state, row.attempts, row.attempt_id), (TargetState::Publishing, 1, Some(attempt)));
        here.force(target, TargetState::Failed, false, None).await;
        let mut tx = test.db.begin().await.unwrap();
        let failed = Seen { state: TargetState::Failed, ..read };
        assert!(!targets::remove(&mut tx, here.workspace, failed).await.unwrap(), "the ledger knows it");
    })
    .await;
}

#[tokio::test]
async fn deleting_is_noted_while_going_out_and_asked_for_when_out() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let post = here.post("hello").await;
        let going = here.target(post, here.x, Some(here.now())).await;
        let out = here.target(post, here.bluesky, Some(here.now())).await;
        let (now, ours, theirs) = (here.now(), here.workspace, there.workspace);
        let mut tx = test.db.begin().await.unwrap();
        let waiting = Seen { id: going, state: TargetState::Scheduled, revision: 1 };
        assert!(
            !targets::note_delete(&mut tx, ours, waiting, now).await.unwrap(),
            "a waiting one is cancelled instead"
        );
        assert!(!targets::request_remote_delete(&mut tx, ours, out, now).await.unwrap(), "not out yet");
        tx.commit().await.unwrap();
        here.force(going, TargetState::Publishing, false, None).await;
        here.force(out, TargetState::Published, false, None).await;

        let mut tx = test.db.begin().await.unwrap();
        let seen = Seen { state: TargetState::Publishing, ..waiting };
        assert!(!targets::note_delete(&mut tx, theirs, seen, now).await.unwrap());
        assert!(targets::note_delete(&mut tx, ours, seen, now).await.unwrap());
        assert!(
            !targets::request_remote_delete(&mut tx, ours, out, now).await.unwrap(),
            "its id isn't known"
        );
        tx.commit().await.unwrap();
        assert_eq!(here.row(going).await.delete_requested_at, Some(now));

        here.force(out, TargetState::Published, false, Some("42")).await;
        let mut tx = test.db.begin().await.unwrap();
        assert!(!targets::request_remote_delete(&mut tx, theirs, out, now).await.unwrap());
        assert!(targets::request_remote_delete(&mut tx, ours, out, now).await.unwrap());
        tx.commit().await.unwrap();
        let row = here.row(out).await;
        assert_eq!((row.delete_requested_at, row.next_attempt_at), (Some(now), Some(now)));
    })
    .await;
}

#[tokio::test]
async fn a_persons_word_settles_only_what_asks() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let post = here.post("hello").await;
        let there_it_is = here.target(post, here.x, Some(here.now())).await;
        let it_is_not = here.target(post, here.bluesky, Some(here.now())).await;
        let seen = |id| Seen { id, state: TargetState::Unknown, revision: 1 };
        let (to, again) = (TargetState::Published, TargetState::Scheduled);
        let (now, ours, theirs) = (here.now() + TimeDelta::minutes(3), here.workspace, there.workspace);
        let (url, sent) = (Some("https://x.com/ana/status/1"), here.now());
        for (asks, workspace, written) in [(false, ours, false), (true, theirs, false), (true, ours, true)] {
            here.force(there_it_is, TargetState::Unknown, asks, None).await;
            here.force(it_is_not, TargetState::Unknown, asks, None).await;
            let mut tx = test.db.begin().await.unwrap();
            let present =
                targets::settle_present(&mut tx, workspace, seen(there_it_is), to, url, sent, now).await;
            let absent = targets::settle_absent(&mut tx, workspace, seen(it_is_not), again, now).await;
            assert_eq!((present.unwrap(), absent.unwrap()), (written, written));
            tx.commit().await.unwrap();
        }
        let row = here.row(there_it_is).await;
        assert_eq!((row.state, row.published_at, row.remote_url.as_deref()), (to, Some(sent), url));
        assert_eq!((row.asks, row.next_attempt_at), (false, None));
        let row = here.row(it_is_not).await;
        assert_eq!((row.state, row.revision, row.asks), (again, 2, false));
        assert_eq!((row.due_at, row.next_attempt_at), (Some(now), Some(now)));
    })
    .await;
}

#[tokio::test]
async fn uploads_are_listed_described_and_deleted() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        there.image("theirs.png").await;
        let first = here.image("a.png").await;
        test.clock.advance(TimeDelta::seconds(1));
        let second = here.image("b.png").await;
        let (now, ours, theirs) = (here.now(), here.workspace, there.workspace);
        let mut tx = test.db.begin().await.unwrap();
        let names = |rows: Vec<media::MediaRow>| rows.into_iter().map(|row| row.name).collect::<Vec<_>>();
        assert_eq!(names(media::list(&mut tx, ours, None, 10).await.unwrap()), ["b.png", "a.png"]);
        assert_eq!(names(media::list(&mut tx, ours, None, 1).await.unwrap()), ["b.png"]);
        assert_eq!(names(media::list(&mut tx, ours, Some(second), 10).await.unwrap()), ["a.png"]);
        assert_eq!(media::get_many(&mut tx, ours, &[first, second, first]).await.unwrap().len(), 2);
        assert!(media::get_many(&mut tx, theirs, &[first, second]).await.unwrap().is_empty());
        assert!(media::get(&mut tx, theirs, first).await.unwrap().is_none());

        assert!(!media::set_alt(&mut tx, theirs, first, "x").await.unwrap());
        assert!(media::set_alt(&mut tx, ours, first, "Un café").await.unwrap());
        let row = media::get(&mut tx, ours, first).await.unwrap().unwrap();
        assert_eq!((row.alt.as_str(), row.width, row.height, row.bytes), ("Un café", 640, 480, 1_234));

        assert!(!media::mark_deleted(&mut tx, theirs, first, now).await.unwrap());
        assert!(media::mark_deleted(&mut tx, ours, first, now).await.unwrap());
        assert!(!media::mark_deleted(&mut tx, ours, first, now).await.unwrap());
        assert!(media::get(&mut tx, ours, first).await.unwrap().is_none());
        assert!(!media::set_alt(&mut tx, ours, first, "x").await.unwrap());
        assert_eq!(names(media::list(&mut tx, ours, None, 10).await.unwrap()), ["b.png"]);
    })
    .await;
}

#[tokio::test]
async fn a_rendition_is_recorded_once() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let media_id = here.image("a.png").await;
        let row = |spec: &str, bytes| RenditionRow {
            media_id,
            spec: spec.to_owned(),
            store_key: format!("key/{spec}"),
            mime: "image/jpeg".to_owned(),
            bytes,
            width: 320,
            height: 240,
        };
        let (ours, theirs) = (here.workspace, there.workspace);
        let mut tx = test.db.begin().await.unwrap();
        media::insert_rendition(&mut tx, ours, &row("thumb", 10)).await.unwrap();
        media::insert_rendition(&mut tx, ours, &row("thumb", 11)).await.unwrap();
        media::insert_rendition(&mut tx, ours, &row("preview", 12)).await.unwrap();
        let first = media::rendition(&mut tx, ours, media_id, "thumb").await.unwrap();
        assert_eq!(first, Some(row("thumb", 10)), "the first stays");
        assert_eq!(media::rendition(&mut tx, theirs, media_id, "thumb").await.unwrap(), None);
        assert_eq!(media::rendition(&mut tx, ours, media_id, "other").await.unwrap(), None);
        let all = media::renditions(&mut tx, ours, media_id).await.unwrap();
        assert_eq!(all, [row("preview", 12), row("thumb", 10)]);
        media::remove_renditions(&mut tx, theirs, media_id).await.unwrap();
        assert_eq!(media::renditions(&mut tx, ours, media_id).await.unwrap().len(), 2);
        media::remove_renditions(&mut tx, ours, media_id).await.unwrap();
        assert!(media::renditions(&mut tx, ours, media_id).await.unwrap().is_empty());
    })
    .await;
}
