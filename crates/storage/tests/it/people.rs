//! People, workspaces, sessions, invitations, resets, limits, audit and the key check, on both engines.

use chrono::TimeDelta;
use model::{InvitationId, Role, SessionId, UserId, WorkspaceId};
use storage::persons::Person;
use storage::workspaces::Workspace;
use storage::{
    Db, StorageError, audit, invitations, keycheck, members, new_id, persons, resets, sessions, throttle,
    workspaces,
};
use testing::{TestDb, each_engine};

async fn person(db: &Db, name: &str) -> Person {
    let now = db.clock().now();
    let person = Person {
        id: new_id(now),
        name: name.to_owned(),
        email: format!("{}@example.com", name.to_lowercase()),
        password_hash: "$argon2id$…".to_owned(),
        created_at: now,
    };
    let mut tx = db.begin().await.unwrap();
    persons::insert(&mut tx, &person).await.unwrap();
    tx.commit().await.unwrap();
    person
}

async fn workspace(db: &Db, name: &str) -> Workspace {
    let now = db.clock().now();
    let workspace = Workspace {
        id: new_id(now),
        name: name.to_owned(),
        zone: "Europe/Paris".to_owned(),
        lateness_window_min: 60,
        created_at: now,
    };
    let mut tx = db.begin().await.unwrap();
    workspaces::insert(&mut tx, &workspace).await.unwrap();
    tx.commit().await.unwrap();
    workspace
}

#[tokio::test]
async fn people_are_found_by_address_and_id() {
    each_engine(async |TestDb { db, engine_name, .. }| {
        assert!(!persons::any(&mut db.read().await.unwrap()).await.unwrap());
        let ana = person(&db, "Ana").await;
        let bo = person(&db, "Bo").await;
        let mut read = db.read().await.unwrap();
        assert!(persons::any(&mut read).await.unwrap());
        assert_eq!(
            persons::by_email(&mut read, "ana@example.com").await.unwrap(),
            Some(ana.clone()),
            "{engine_name}"
        );
        assert_eq!(persons::by_email(&mut read, "nobody@example.com").await.unwrap(), None);
        assert_eq!(persons::by_id(&mut read, bo.id).await.unwrap(), Some(bo.clone()));
        assert_eq!(persons::by_id(&mut read, new_id::<UserId>(bo.created_at)).await.unwrap(), None);
        let all = persons::all(&mut read).await.unwrap();
        assert_eq!(all.len(), 2);
        drop(read);

        let mut tx = db.begin().await.unwrap();
        let twin = Person { id: new_id(ana.created_at), ..ana.clone() };
        assert!(
            matches!(persons::insert(&mut tx, &twin).await, Err(StorageError::Duplicate(_))),
            "{engine_name}"
        );
        drop(tx);

        let mut tx = db.begin().await.unwrap();
        assert!(persons::hold_password(&mut tx, ana.id, &ana.password_hash).await.unwrap());
        persons::set_password(&mut tx, ana.id, "new").await.unwrap();
        assert!(!persons::hold_password(&mut tx, ana.id, &ana.password_hash).await.unwrap());
        tx.commit().await.unwrap();
        let mut read = db.read().await.unwrap();
        assert_eq!(persons::by_id(&mut read, ana.id).await.unwrap().unwrap().password_hash, "new");
        assert_eq!(persons::by_id(&mut read, bo.id).await.unwrap().unwrap().password_hash, bo.password_hash);
    })
    .await;
}

#[tokio::test]
async fn a_workspace_changes_alone() {
    each_engine(async |TestDb { db, .. }| {
        let (one, two) = (workspace(&db, "One").await, workspace(&db, "Two").await);
        let mut tx = db.begin().await.unwrap();
        workspaces::lock(&mut tx, one.id).await.unwrap();
        assert!(workspaces::update(&mut tx, one.id, "Uno", "UTC", 5).await.unwrap());
        assert!(
            !workspaces::update(&mut tx, new_id::<WorkspaceId>(one.created_at), "x", "UTC", 5).await.unwrap()
        );
        tx.commit().await.unwrap();
        let mut read = db.read().await.unwrap();
        let changed = Workspace {
            name: "Uno".to_owned(),
            zone: "UTC".to_owned(),
            lateness_window_min: 5,
            ..one.clone()
        };
        assert_eq!(workspaces::get(&mut read, one.id).await.unwrap(), Some(changed));
        assert_eq!(workspaces::by_name(&mut read, "One").await.unwrap(), []);
        assert_eq!(workspaces::by_name(&mut read, "Two").await.unwrap(), std::slice::from_ref(&two));
        assert_eq!(workspaces::get(&mut read, two.id).await.unwrap(), Some(two));
    })
    .await;
}

#[tokio::test]
async fn members_and_their_roles() {
    each_engine(async |TestDb { db, .. }| {
        let (ana, bo) = (person(&db, "Ana").await, person(&db, "bo").await);
        let (beta, alpha) = (workspace(&db, "beta").await, workspace(&db, "Alpha").await);
        let now = db.clock().now();
        let mut tx = db.begin().await.unwrap();
        members::insert(&mut tx, beta.id, ana.id, Role::Owner, now).await.unwrap();
        members::insert(&mut tx, beta.id, bo.id, Role::Editor, now).await.unwrap();
        members::insert(&mut tx, alpha.id, ana.id, Role::Viewer, now).await.unwrap();
        tx.commit().await.unwrap();

        let mut tx = db.begin().await.unwrap();
        let twice = members::insert(&mut tx, beta.id, ana.id, Role::Viewer, now).await;
        assert!(matches!(twice, Err(StorageError::Duplicate(_))));
        drop(tx);

        let mut tx = db.begin().await.unwrap();
        let team = members::list(&mut tx, beta.id).await.unwrap();
        let shown: Vec<_> =
            team.iter().map(|m| (m.name.as_str(), m.email.as_str(), m.role, m.joined_at)).collect();
        assert_eq!(
            shown,
            [("Ana", "ana@example.com", Role::Owner, now), ("bo", "bo@example.com", Role::Editor, now)]
        );
        let of_ana = members::memberships(&mut tx, ana.id).await.unwrap();
        let shown: Vec<_> = of_ana.iter().map(|m| (m.name.as_str(), m.role, m.zone.as_str())).collect();
        assert_eq!(shown, [("Alpha", Role::Viewer, "Europe/Paris"), ("beta", Role::Owner, "Europe/Paris")]);

        assert_eq!(members::role(&mut tx, beta.id, bo.id).await.unwrap(), Some(Role::Editor));
        assert_eq!(members::role(&mut tx, alpha.id, bo.id).await.unwrap(), None);
        assert_eq!(members::count_owners(&mut tx, beta.id).await.unwrap(), 1);
        members::set_role(&mut tx, beta.id, bo.id, Role::Owner).await.unwrap();
        assert_eq!(members::count_owners(&mut tx, beta.id).await.unwrap(), 2);
        assert_eq!(members::count_owners(&mut tx, alpha.id).await.unwrap(), 0);
        members::remove(&mut tx, beta.id, ana.id).await.unwrap();
        assert_eq!(members::role(&mut tx, beta.id, ana.id).await.unwrap(), None);
        assert_eq!(
            members::role(&mut tx, alpha.id, ana.id).await.unwrap(),
            Some(Role::Viewer),
            "elsewhere she stays"
        );
    })
    .await;
}

#[tokio::test]
async fn sessions_slide_end_and_leave() {
    each_engine(async |TestDb { db, clock, .. }| {
        let (ana, bo) = (person(&db, "Ana").await, person(&db, "Bo").await);
        let (one, two) = (workspace(&db, "One").await, workspace(&db, "Two").await);
        let now = db.clock().now();
        let start = |id: SessionId, person: UserId, workspace: Option<WorkspaceId>, hash: &'static [u8]| {
            sessions::NewSession {
                id,
                person,
                workspace,
                token_hash: hash,
                address: "127.0.0.1",
                user_agent: "browser",
                now,
                expires_at: now + TimeDelta::hours(1),
            }
        };
        let (first, second, other): (SessionId, SessionId, SessionId) =
            (new_id(now), new_id(now), new_id(now));
        let mut tx = db.begin().await.unwrap();
        sessions::insert(&mut tx, &start(first, ana.id, Some(one.id), b"first")).await.unwrap();
        sessions::insert(&mut tx, &start(second, ana.id, None, b"second")).await.unwrap();
        sessions::insert(&mut tx, &start(other, bo.id, Some(one.id), b"other")).await.unwrap();
        let same = sessions::insert(&mut tx, &start(new_id(now), bo.id, None, b"other")).await;
        assert!(matches!(same, Err(StorageError::Duplicate(_))), "a token is one session");
        drop(tx);

        let mut tx = db.begin().await.unwrap();
        sessions::insert(&mut tx, &start(first, ana.id, Some(one.id), b"first")).await.unwrap();
        sessions::insert(&mut tx, &start(second, ana.id, None, b"second")).await.unwrap();
        sessions::insert(&mut tx, &start(other, bo.id, Some(one.id), b"other")).await.unwrap();
        tx.commit().await.unwrap();

        clock.advance(TimeDelta::minutes(30));
        let later = db.clock().now();
        let mut tx = db.begin().await.unwrap();
        let found = sessions::by_token(&mut tx, b"first", later).await.unwrap().unwrap();
        assert_eq!((found.id, found.person_id, found.name.as_str()), (first, ana.id, "Ana"));
        assert_eq!((found.workspace_id, found.last_seen_at), (Some(one.id), now));
        assert_eq!(sessions::by_token(&mut tx, b"unknown", later).await.unwrap(), None);
        sessions::touch(&mut tx, first, later, later + TimeDelta::hours(1)).await.unwrap();
        sessions::set_workspace(&mut tx, second, two.id).await.unwrap();
        let listed = sessions::list(&mut tx, ana.id, later).await.unwrap();
        assert_eq!(listed.iter().map(|s| s.id).collect::<Vec<_>>(), [first, second], "last used first");
        assert_eq!(listed[0].created_at, now);
        assert_eq!(sessions::last_workspace(&mut tx, ana.id).await.unwrap(), Some(one.id));
        sessions::leave_workspace(&mut tx, ana.id, one.id).await.unwrap();
        assert_eq!(sessions::last_workspace(&mut tx, ana.id).await.unwrap(), Some(two.id));
        assert_eq!(
            sessions::last_workspace(&mut tx, bo.id).await.unwrap(),
            Some(one.id),
            "another person stays"
        );
        tx.commit().await.unwrap();

        clock.advance(TimeDelta::minutes(31));
        let end = db.clock().now();
        let mut tx = db.begin().await.unwrap();
        assert!(sessions::by_token(&mut tx, b"first", end).await.unwrap().is_some(), "it slid");
        assert_eq!(sessions::by_token(&mut tx, b"second", end).await.unwrap(), None, "its hour is over");
        assert_eq!(sessions::list(&mut tx, ana.id, end).await.unwrap().len(), 1);
        assert_eq!(sessions::prune(&mut tx, end).await.unwrap(), 2, "second and other");
        assert!(!sessions::delete(&mut tx, bo.id, first).await.unwrap(), "not theirs");
        assert!(sessions::delete(&mut tx, ana.id, first).await.unwrap());
        sessions::insert(&mut tx, &start(first, ana.id, None, b"a")).await.unwrap();
        sessions::insert(&mut tx, &start(second, ana.id, None, b"b")).await.unwrap();
        assert_eq!(sessions::end(&mut tx, first).await.unwrap(), Some(ana.id));
        assert_eq!(sessions::end(&mut tx, first).await.unwrap(), None);
        assert_eq!(sessions::delete_all(&mut tx, ana.id).await.unwrap(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_invitation_works_once_and_in_its_time() {
    each_engine(async |TestDb { db, clock, .. }| {
        let ana = person(&db, "Ana").await;
        let (one, two) = (workspace(&db, "One").await, workspace(&db, "Two").await);
        let now = db.clock().now();
        let ids: [InvitationId; 3] = [new_id(now), new_id(now), new_id(now)];
        let mut tx = db.begin().await.unwrap();
        for (id, hash) in ids.into_iter().zip([b"first", b"secnd", b"third"]) {
            let new = invitations::NewInvitation {
                id,
                workspace: one.id,
                email: "bo@example.com",
                role: Role::Editor,
                token_hash: hash,
                invited_by: ana.id,
                created_at: now,
                expires_at: now + TimeDelta::days(7),
            };
            invitations::insert(&mut tx, &new).await.unwrap();
        }
        let found = invitations::by_token(&mut tx, b"first", now).await.unwrap().unwrap();
        assert_eq!((found.id, found.workspace_id, found.workspace_name.as_str()), (ids[0], one.id, "One"));
        assert_eq!(
            (found.email.as_str(), found.role, found.invited_by_name.as_str()),
            ("bo@example.com", Role::Editor, "Ana")
        );
        assert_eq!(invitations::list(&mut tx, one.id, now).await.unwrap().len(), 3);
        assert_eq!(invitations::list(&mut tx, two.id, now).await.unwrap(), []);
        assert!(!invitations::end(&mut tx, two.id, ids[0], now).await.unwrap(), "another workspace's");
        assert!(invitations::end(&mut tx, one.id, ids[0], now).await.unwrap());
        assert!(!invitations::end(&mut tx, one.id, ids[0], now).await.unwrap(), "only once");
        assert_eq!(invitations::by_token(&mut tx, b"first", now).await.unwrap(), None);
        tx.commit().await.unwrap();

        clock.advance(TimeDelta::days(7));
        let late = db.clock().now();
        let mut tx = db.begin().await.unwrap();
        assert_eq!(invitations::by_token(&mut tx, b"secnd", late).await.unwrap(), None);
        assert!(!invitations::end(&mut tx, one.id, ids[1], late).await.unwrap());
        assert_eq!(invitations::list(&mut tx, one.id, late).await.unwrap(), []);
        assert_eq!(invitations::end_by_inviter(&mut tx, one.id, ana.id, late).await.unwrap(), 2);
        assert_eq!(invitations::end_by_inviter(&mut tx, one.id, ana.id, late).await.unwrap(), 0);
        assert_eq!(invitations::by_token(&mut tx, b"third", now).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_reset_link_works_once_and_in_its_time() {
    each_engine(async |TestDb { db, .. }| {
        let ana = person(&db, "Ana").await;
        let now = db.clock().now();
        let end = now + TimeDelta::hours(1);
        let mut tx = db.begin().await.unwrap();
        for hash in [b"a", b"b", b"c"] {
            resets::insert(&mut tx, hash, ana.id, now, end).await.unwrap();
        }
        assert_eq!(resets::person(&mut tx, b"a", now).await.unwrap(), Some(ana.id));
        assert_eq!(resets::person(&mut tx, b"a", end).await.unwrap(), None);
        assert_eq!(resets::take(&mut tx, b"a", end).await.unwrap(), None);
        assert_eq!(resets::take(&mut tx, b"a", now).await.unwrap(), Some(ana.id));
        assert_eq!(resets::take(&mut tx, b"a", now).await.unwrap(), None);
        assert_eq!(resets::person(&mut tx, b"a", now).await.unwrap(), None);
        assert_eq!(resets::end_all(&mut tx, ana.id, now).await.unwrap(), 2);
        assert_eq!(resets::person(&mut tx, b"b", now).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn tries_are_counted_in_windows() {
    each_engine(async |TestDb { db, .. }| {
        let now = db.clock().now();
        let (end, later) = (now + TimeDelta::minutes(15), now + TimeDelta::minutes(10));
        let mut tx = db.begin().await.unwrap();
        assert_eq!(
            throttle::hit(&mut tx, "a", now, end).await.unwrap(),
            throttle::Tries { tries: 1, reset_at: end }
        );
        let second = throttle::hit(&mut tx, "a", later, later + TimeDelta::minutes(15)).await.unwrap();
        assert_eq!(second, throttle::Tries { tries: 2, reset_at: end }, "the window stays");
        assert_eq!(throttle::hit(&mut tx, "b", now, end).await.unwrap().tries, 1);
        let next_end = end + TimeDelta::minutes(15);
        let anew = throttle::hit(&mut tx, "a", end, next_end).await.unwrap();
        assert_eq!(anew, throttle::Tries { tries: 1, reset_at: next_end });
        throttle::clear(&mut tx, "a").await.unwrap();
        assert_eq!(throttle::hit(&mut tx, "a", end, next_end).await.unwrap().tries, 1);
        assert_eq!(throttle::prune(&mut tx, end).await.unwrap(), 1, "b");
    })
    .await;
}

#[tokio::test]
async fn the_audit_is_kept_by_workspace_and_person() {
    each_engine(async |TestDb { db, .. }| {
        let (ana, one) = (person(&db, "Ana").await, workspace(&db, "One").await);
        let now = db.clock().now();
        let later = now + TimeDelta::seconds(1);
        let mut tx = db.begin().await.unwrap();
        audit::insert(&mut tx, Some(one.id), Some(ana.id), "member.joined", "editor", now).await.unwrap();
        audit::insert(&mut tx, Some(one.id), None, "workspace.changed", "", later).await.unwrap();
        audit::insert(&mut tx, None, Some(ana.id), "session.signed_in", "127.0.0.1", now).await.unwrap();
        let acts = |rows: Vec<audit::AuditRow>| rows.into_iter().map(|row| row.act).collect::<Vec<_>>();
        assert_eq!(
            acts(audit::list(&mut tx, one.id, 10).await.unwrap()),
            ["workspace.changed", "member.joined"],
            "newest first"
        );
        assert_eq!(audit::list(&mut tx, one.id, 1).await.unwrap().len(), 1);
        assert_eq!(acts(audit::list_personal(&mut tx, ana.id, 10).await.unwrap()), ["session.signed_in"]);
    })
    .await;
}

#[tokio::test]
async fn the_first_key_check_stays() {
    each_engine(async |TestDb { db, .. }| {
        let mut tx = db.begin().await.unwrap();
        assert_eq!(keycheck::get(&mut tx).await.unwrap(), None);
        keycheck::insert(&mut tx, b"first").await.unwrap();
        keycheck::insert(&mut tx, b"second").await.unwrap();
        assert_eq!(keycheck::get(&mut tx).await.unwrap().as_deref(), Some(b"first".as_slice()));
    })
    .await;
}
