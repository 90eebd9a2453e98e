//! What a post held earlier, and bringing it back.

use super::*;
use model::RevisionId;
use model::revision::{OwnVersion, PieceKind, RevisionView};

/// Somebody else of the same workspace.
async fn colleague(desk: &Desk) -> Actor {
    let now = desk.now();
    let person = Person {
        id: new_id(now),
        name: "bo".to_owned(),
        email: "bo-of-ana@example.com".to_owned(),
        password_hash: String::new(),
        created_at: now,
    };
    let mut tx = desk.context.db.begin().await.unwrap();
    persons::insert(&mut tx, &person).await.unwrap();
    tx.commit().await.unwrap();
    Actor { user: person.id, ..desk.editor }
}

async fn listed(desk: &Desk, post: PostId) -> Vec<RevisionView> {
    desk.posts.revisions(desk.editor, post).await.unwrap()
}

/// Who wrote each, and what they added and removed from the text for all.
fn told(revisions: &[RevisionView]) -> Vec<(String, String)> {
    let marked = |revision: &RevisionView| {
        let pieces = revision
            .changes
            .iter()
            .filter(|change| change.platform.is_none())
            .flat_map(|change| &change.text);
        pieces.filter(|piece| piece.kind != PieceKind::Same).fold(String::new(), |told, piece| {
            told + if piece.kind == PieceKind::Added { "+" } else { "-" } + piece.text.trim()
        })
    };
    revisions.iter().map(|revision| (revision.person.clone(), marked(revision))).collect()
}

fn said(told: &[(&str, &str)]) -> Vec<(String, String)> {
    told.iter().map(|(who, what)| ((*who).to_owned(), (*what).to_owned())).collect()
}

#[tokio::test]
async fn what_one_person_writes_within_minutes_is_one_revision() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let bo = colleague(&desk).await;
        let mut post = desk.save(input("Soap", &[desk.x]), None).await.unwrap();
        assert!(listed(&desk, post.id).await.is_empty(), "nobody has changed it");
        for text in ["Soap is", "Soap is here"] {
            test.clock.advance(TimeDelta::seconds(2));
            post = desk.change(&post, input(text, &[desk.x]), None).await.unwrap();
        }
        assert_eq!(told(&listed(&desk, post.id).await), said(&[("ana", "+Soap is here")]));

        test.clock.advance(TimeDelta::minutes(5));
        post = desk.change(&post, input("Soap is here today", &[desk.x]), None).await.unwrap();
        test.clock.advance(TimeDelta::seconds(1));
        let save = SavePost {
            post: Some(post.id),
            version: Some(post.version),
            key: None,
            input: input("Soap was here today", &[desk.x]),
            when: None,
        };
        post = desk.posts.save(bo, save).await.unwrap();
        let now = listed(&desk, post.id).await;
        let all = [("bo", "-is+was"), ("ana", "+today"), ("ana", "+Soap is here")];
        assert_eq!(told(&now), said(&all), "{}", test.engine_name);
        assert_eq!(now.iter().map(|revision| revision.current).collect::<Vec<_>>(), [true, false, false]);
        assert_eq!((now[0].at.utc, now[0].at.zone.as_str()), (desk.now(), "Europe/Paris"));

        // Another time or other accounts are no other content.
        post = desk
            .change(&post, input("Soap was here today", &[desk.bluesky]), Some(tomorrow()))
            .await
            .unwrap();
        assert_eq!(listed(&desk, post.id).await, now);
    })
    .await;
}

#[tokio::test]
async fn an_earlier_revision_is_brought_back_as_a_new_one() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let own = Variant { platform: Platform::X, text: "Short".to_owned(), media: None };
        let first = PostInput { variants: vec![own], ..input("The first words", &[desk.x]) };
        let post = desk.save(first.clone(), Some(tomorrow())).await.unwrap();
        let before = desk.revision(post.targets[0].id).await;
        test.clock.advance(TimeDelta::minutes(10));
        let post = desk.change(&post, input("The second words", &[desk.x]), Some(tomorrow())).await.unwrap();
        let revisions = listed(&desk, post.id).await;
        assert_eq!(revisions.len(), 2);
        assert_eq!(revisions[0].changes[1].own, Some(OwnVersion::Removed));

        // At once: a revision of its own all the same.
        test.clock.advance(TimeDelta::seconds(1));
        let restored = desk.posts.restore(desk.editor, post.id, revisions[1].id).await.unwrap();
        assert_eq!((&restored.input, restored.version), (&first, post.version + 1));
        assert_eq!(states(&restored), [RIGHT], "it goes out as before");
        assert_eq!(restored.due_at, post.due_at);
        assert_eq!(
            desk.revision(post.targets[0].id).await,
            before + 2,
            "what was claimed meanwhile is not sent"
        );
        let now = listed(&desk, post.id).await;
        let all = [("ana", "-second+first"), ("ana", "-first+second"), ("ana", "+The first words")];
        assert_eq!(told(&now), said(&all), "{}", test.engine_name);

        // What would be the same is no new revision.
        desk.posts.restore(desk.editor, post.id, now[0].id).await.unwrap();
        assert_eq!(listed(&desk, post.id).await, now);
    })
    .await;
}

#[tokio::test]
async fn what_is_going_out_or_another_workspaces_is_not_restored() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let other = Desk::new(&test, "bo").await;
        let post = desk.scheduled(&"a".repeat(250), &[desk.x]).await;
        test.clock.advance(TimeDelta::minutes(10));
        let post = desk.change(&post, input("second", &[desk.x]), Some(tomorrow())).await.unwrap();
        let first = listed(&desk, post.id).await[1].id;
        let restore = async |actor: Actor, post, revision| desk.posts.restore(actor, post, revision).await;
        assert_eq!(restore(other.editor, post.id, first).await, Err(ApiError::NotFound));
        assert_eq!(desk.posts.revisions(other.editor, post.id).await, Err(ApiError::NotFound));
        let viewer = Actor { role: Role::Viewer, ..desk.editor };
        assert_eq!(restore(viewer, post.id, first).await, Err(ApiError::Forbidden { needs: Role::Editor }));
        assert_eq!(desk.posts.revisions(viewer, post.id).await.unwrap().len(), 2, "whoever sees the post");
        let theirs = other.scheduled("theirs", &[other.x]).await;
        assert_eq!(restore(desk.editor, theirs.id, first).await, Err(ApiError::NotFound));
        let mine = desk.scheduled("mine", &[desk.x]).await;
        assert_eq!(restore(desk.editor, mine.id, first).await, Err(ApiError::NotFound), "another post's");
        let unknown = RevisionId(uuid::Uuid::nil());
        assert_eq!(restore(desk.editor, post.id, unknown).await, Err(ApiError::NotFound));

        desk.force(post.targets[0].id, TargetState::Publishing, false).await;
        assert_eq!(refused(restore(desk.editor, post.id, first).await), Conflict::GoingOut);
        desk.force(post.targets[0].id, TargetState::Published, false).await;
        assert_eq!(refused(restore(desk.editor, post.id, first).await), Conflict::AlreadyPublished);
        assert_eq!(desk.get(post.id).await.input.text, "second");
    })
    .await;
}
