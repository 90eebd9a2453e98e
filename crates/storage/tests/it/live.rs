//! The numbers of what changed, on both engines.

use crate::place::two_places;
use model::live::{Tally, Topic};
use model::{Role, SessionId};
use std::time::Duration;
use storage::sessions::NewSession;
use storage::{Db, live, members, sessions};
use testing::each_engine;

async fn tally(db: &Db, workspace: model::WorkspaceId) -> Tally {
    live::tally(&mut db.read().await.unwrap(), workspace).await.unwrap()
}

#[tokio::test]
async fn each_change_raises_the_numbers_of_its_workspace() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        assert_eq!(tally(&test.db, here.workspace).await, Tally::default());

        let both = [Topic::Accounts, Topic::Posts];
        let mut tx = test.db.begin().await.unwrap();
        live::tell(&mut tx, here.workspace, &both, None).await.unwrap();
        live::tell(&mut tx, here.workspace, &[Topic::Posts], Some("also")).await.unwrap();
        drop(tx);
        assert_eq!(tally(&test.db, here.workspace).await, Tally::default(), "what is rolled back never was");

        for _ in 0..3 {
            let mut tx = test.db.begin().await.unwrap();
            live::tell(&mut tx, here.workspace, &both, None).await.unwrap();
            tx.commit().await.unwrap();
        }
        let mut tx = test.db.begin().await.unwrap();
        live::tell(&mut tx, there.workspace, &[Topic::Numbers], None).await.unwrap();
        live::tell_all(&mut tx, Topic::Posts).await.unwrap();
        live::tell_all(&mut tx, Topic::Numbers).await.unwrap();
        tx.commit().await.unwrap();
        let name = test.engine_name;
        let ours = Tally { posts: 4, accounts: 3, ..Tally::default() };
        assert_eq!(tally(&test.db, here.workspace).await, ours, "{name}");
        assert_eq!(
            tally(&test.db, there.workspace).await,
            Tally { numbers: 2, ..Tally::default() },
            "{name}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_persons_access_is_told_where_they_are_a_member() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let (now, person) = (here.now(), here.person);
        let mut tx = test.db.begin().await.unwrap();
        members::insert(&mut tx, here.workspace, person, Role::Owner, now).await.unwrap();
        live::tell_access(&mut tx, person).await.unwrap();
        live::tell_access(&mut tx, person).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(tally(&test.db, here.workspace).await.access, 2, "{}", test.engine_name);
        assert_eq!(tally(&test.db, there.workspace).await, Tally::default());
    })
    .await;
}

#[tokio::test]
async fn a_sessions_place_is_known_until_it_ends() {
    each_engine(async |test| {
        let (here, _) = two_places(&test).await;
        let (now, id): (_, SessionId) = (here.now(), here.id());
        let end = now + chrono::TimeDelta::hours(1);
        let mut tx = test.db.begin().await.unwrap();
        let session = NewSession {
            id,
            person: here.person,
            workspace: Some(here.workspace),
            token_hash: &[1; 32],
            address: "",
            user_agent: "",
            now,
            expires_at: end,
        };
        sessions::insert(&mut tx, &session).await.unwrap();
        let place = sessions::place(&mut tx, id, now).await.unwrap();
        assert_eq!(place, Some((here.person, Some(here.workspace))));
        assert_eq!(sessions::place(&mut tx, id, end).await.unwrap(), None);
        sessions::end(&mut tx, id).await.unwrap();
        assert_eq!(sessions::place(&mut tx, id, now).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_commit_sends_one_hint() {
    each_engine(async |test| {
        let (here, there) = two_places(&test).await;
        let (Some(mut hints), Some(mut also)) =
            (test.db.listen(live::CHANNEL).await.unwrap(), test.db.listen("also").await.unwrap())
        else {
            assert!(!test.db.is_postgres());
            return;
        };
        let mut tx = test.db.begin().await.unwrap();
        live::tell(&mut tx, there.workspace, &[Topic::Posts], Some("also")).await.unwrap();
        drop(tx);
        let mut tx = test.db.begin().await.unwrap();
        live::tell(&mut tx, here.workspace, &[Topic::Posts, Topic::Team], Some("also")).await.unwrap();
        tx.commit().await.unwrap();
        let mut tx = test.db.begin().await.unwrap();
        live::tell_all(&mut tx, Topic::Posts).await.unwrap();
        tx.commit().await.unwrap();
        let mut heard = Vec::new();
        let within = tokio::time::timeout(Duration::from_secs(10), async {
            for _ in 0..2 {
                heard.push(hints.recv().await.unwrap().payload().to_owned());
            }
            heard.push(also.recv().await.unwrap().payload().to_owned());
        });
        within.await.unwrap();
        assert_eq!(heard, [here.workspace.to_string(), String::new(), String::new()]);
        assert!(hints.next_buffered().is_none() && also.next_buffered().is_none());
    })
    .await;
}
