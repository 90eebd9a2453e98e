//! Posts that one being composed comes close to.

use super::*;
use model::neighbour::{Composed, Nearness, Neighbour};

fn at(day: u32, hour: u32, minute: u32) -> When {
    let local = wall(day, hour) + TimeDelta::minutes(minute.into());
    When::At { local, zone: "Europe/Paris".to_owned() }
}

async fn near(desk: &Desk, composed: Composed) -> Vec<Neighbour> {
    desk.posts.neighbours(desk.editor, composed).await.unwrap()
}

fn shown(found: &[Neighbour]) -> Vec<(Nearness, PostId, usize)> {
    found.iter().map(|one| (one.nearness, one.post, one.on.len())).collect()
}

#[tokio::test]
async fn the_same_words_on_the_same_account_are_told() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let short = Variant { platform: Platform::X, text: "Short words".to_owned(), media: None };
        let both = PostInput { variants: vec![short], ..input("Long words", &[desk.x, desk.bluesky]) };
        let other = desk.save(both, Some(at(20, 10, 0))).await.unwrap();
        desk.save(input("Long words", &[desk.x, desk.bluesky]), None).await.unwrap();
        let ask = |text: &str, accounts: &[AccountId], when| Composed {
            post: None,
            input: input(text, accounts),
            when,
        };

        let found = near(&desk, ask(" long\nWORDS", &[desk.x, desk.bluesky], None)).await;
        assert_eq!(
            shown(&found),
            [(Nearness::SameText, other.id, 1)],
            "X gets other words, a draft counts nowhere"
        );
        let Neighbour { text, on, at: time, .. } = &found[0];
        assert_eq!(
            (text.as_str(), on.as_slice()),
            ("Long words", &[(Platform::Bluesky, "@ana".to_owned())][..])
        );
        assert_eq!((time.local, time.zone.as_str()), (wall(20, 10), "Europe/Paris"));
        assert_eq!(
            shown(&near(&desk, ask("Short words", &[desk.x], None)).await),
            [(Nearness::SameText, other.id, 1)]
        );
        assert!(near(&desk, ask("Short words", &[desk.bluesky], None)).await.is_empty());
        assert!(near(&desk, ask("", &[desk.x], None)).await.is_empty(), "no words are not the same words");
        let itself = Composed { post: Some(other.id), ..ask("Long words", &[desk.bluesky], None) };
        assert!(near(&desk, itself).await.is_empty());

        // Thirty days before and after, in time.
        test.clock.advance(TimeDelta::days(2));
        let march = |day, minutes: i64| {
            let local = NaiveDate::from_ymd_opt(2025, 2, day).unwrap().and_hms_opt(10, 0, 0).unwrap();
            Some(When::At { local: local + TimeDelta::minutes(minutes), zone: "Europe/Paris".to_owned() })
        };
        assert_eq!(near(&desk, ask("long words", &[desk.bluesky], march(19, 0))).await.len(), 1);
        assert!(near(&desk, ask("long words", &[desk.bluesky], march(19, 1))).await.is_empty());
        desk.force(target_of(&other, desk.bluesky), TargetState::Published, false).await;
        assert_eq!(
            near(&desk, ask("long words", &[desk.bluesky], None)).await.len(),
            1,
            "when it is out, too"
        );
        desk.force(target_of(&other, desk.bluesky), TargetState::Cancelled, false).await;
        assert!(near(&desk, ask("long words", &[desk.bluesky], None)).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_post_within_a_quarter_of_an_hour_is_told() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let accounts = [desk.x, desk.bluesky];
        let other = desk.save(input("At ten", &accounts), Some(at(20, 10, 0))).await.unwrap();
        let twin = desk.save(input("My words", &[desk.x]), Some(at(25, 10, 0))).await.unwrap();
        let ask =
            |accounts: &[AccountId], when| Composed { post: None, input: input("my words", accounts), when };
        let same_text = (Nearness::SameText, twin.id, 1);
        for (minute, found) in [(0, true), (15, true), (16, false)] {
            let expected: &[_] =
                if found { &[same_text, (Nearness::SameTime, other.id, 2)] } else { &[same_text] };
            assert_eq!(
                shown(&near(&desk, ask(&accounts, Some(at(20, 10, minute)))).await),
                expected,
                "{minute}"
            );
        }
        assert_eq!(near(&desk, ask(&[desk.instagram], Some(at(20, 10, 0)))).await, [], "another account");
        assert_eq!(
            shown(&near(&desk, ask(&accounts, Some(at(1, 10, 0)))).await),
            [same_text],
            "a time that has passed"
        );
        assert_eq!(shown(&near(&desk, ask(&[desk.x], Some(When::Now))).await), [same_text]);

        let stranger = Desk::new(&test, "bo").await;
        let foreign = stranger.posts.neighbours(stranger.editor, ask(&[desk.x], None)).await;
        assert_eq!(foreign, Err(ApiError::NotFound));
        let viewer = Actor { role: Role::Viewer, ..desk.editor };
        assert_eq!(
            desk.posts.neighbours(viewer, ask(&[desk.x], None)).await,
            Err(ApiError::Forbidden { needs: Role::Editor })
        );
    })
    .await;
}
