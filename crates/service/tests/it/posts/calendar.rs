//! The calendar, day by day in the workspace's zone.

use super::*;
use chrono::TimeZone as _;
use model::calendar::{CalendarDay, CalendarFilter, Span};
use model::services::CalendarService as _;
use service::calendar::Calendar;

async fn days(desk: &Desk, filter: CalendarFilter) -> Vec<CalendarDay> {
    Calendar::new(desk.context.clone()).view(desk.editor, filter).await.unwrap().days
}

fn day(days: &[CalendarDay], date: NaiveDate) -> &CalendarDay {
    days.iter().find(|day| day.date == date).unwrap()
}

/// `hour` o'clock in Paris, the workspace's zone.
fn in_paris(day: u32, hour: u32) -> When {
    When::At { local: wall(day, hour), zone: "Europe/Paris".to_owned() }
}

#[tokio::test]
async fn a_post_stands_on_its_day_in_the_workspaces_zone() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        // 20:00 in New York is 02:00 of the next day in Paris.
        let evening = When::At { local: wall(16, 20), zone: "America/New_York".to_owned() };
        let post =
            desk.save(input("  Bonsoir\n à tous ", &[desk.x, desk.bluesky]), Some(evening)).await.unwrap();
        desk.save(input("no time", &[desk.x]), None).await.unwrap();
        let month = days(&desk, CalendarFilter::default()).await;
        assert_eq!((month.len(), month[0].date), (35, wall(1, 0).date() - TimeDelta::days(2)));
        assert_eq!(month.iter().map(|day| day.total).sum::<u32>(), 1);
        let on = day(&month, wall(17, 0).date());
        let chip = &on.chips[0];
        assert_eq!((chip.post, chip.time, chip.state), (post.id, wall(1, 2).time(), RIGHT));
        assert_eq!(
            (chip.text.as_str(), chip.platforms.as_slice()),
            ("Bonsoir à tous", &[Platform::X, Platform::Bluesky][..])
        );
        assert!(chip.movable && !chip.undoable, "chosen in another zone, which moving forgets");

        let week = days(&desk, CalendarFilter { span: Span::Week, ..CalendarFilter::default() }).await;
        assert_eq!((week.len(), day(&week, wall(17, 0).date()).total), (7, 1));
        let today = days(&desk, CalendarFilter { span: Span::Day, ..CalendarFilter::default() }).await;
        assert_eq!((today.len(), today[0].total, today[0].date), (1, 0, wall(15, 0).date()));

        desk.posts.reschedule(desk.editor, post.id, in_paris(20, 9)).await.unwrap();
        let month = days(&desk, CalendarFilter::default()).await;
        assert_eq!(day(&month, wall(17, 0).date()).total, 0);
        let chip = &day(&month, wall(20, 0).date()).chips[0];
        assert_eq!((chip.time, chip.undoable), (wall(1, 9).time(), true));
    })
    .await;
}

#[tokio::test]
async fn a_crowded_day_shows_what_needs_somebody_and_the_number() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let mut posts = Vec::new();
        for hour in 8..16 {
            let text = format!("at {hour}");
            posts.push(desk.save(input(&text, &[desk.x]), Some(in_paris(20, hour))).await.unwrap());
        }
        desk.force(posts[6].targets[0].id, TargetState::Failed, false).await;
        desk.force(posts[7].targets[0].id, TargetState::Published, false).await;
        let date = wall(20, 0).date();
        let month = days(&desk, CalendarFilter::default()).await;
        let crowd = day(&month, date);
        let texts: Vec<&str> = crowd.chips.iter().map(|chip| chip.text.as_str()).collect();
        assert_eq!((crowd.total, texts.join(", ")), (8, "at 8, at 9, at 14".to_owned()));
        assert_eq!(crowd.hours.iter().map(|hour| hour.posts).sum::<u32>(), 8);
        let failed = &crowd.chips[2];
        assert!(failed.movable && !failed.undoable, "to move it is to try it again");

        let week = CalendarFilter { span: Span::Week, on: Some(date), ..CalendarFilter::default() };
        let week = days(&desk, week).await;
        let crowd = day(&week, date);
        assert_eq!((crowd.chips.len(), crowd.folded.len(), crowd.hours.len()), (8, 0, 0));

        let whole = CalendarFilter { span: Span::Day, on: Some(date), ..CalendarFilter::default() };
        let whole = days(&desk, whole).await;
        assert_eq!((whole[0].chips.len(), whole[0].hours.len()), (8, 0));
        assert!(!whole[0].chips[7].movable, "what is out stays");

        let narrowed = async |filter: CalendarFilter| {
            let days = days(&desk, filter).await;
            (day(&days, date).total, day(&days, date).chips[0].text.clone())
        };
        let failed = CalendarFilter { states: vec![TargetState::Failed], ..CalendarFilter::default() };
        assert_eq!(narrowed(failed).await, (1, "at 14".to_owned()));
        let on_x = CalendarFilter { platform: Some(Platform::X), ..CalendarFilter::default() };
        assert_eq!(narrowed(on_x).await.0, 8);
        let elsewhere = CalendarFilter { account: Some(desk.bluesky), ..CalendarFilter::default() };
        assert_eq!(day(&days(&desk, elsewhere).await, date).total, 0);
        let author = |author| CalendarFilter { author: Some(author), ..CalendarFilter::default() };
        assert_eq!(narrowed(author(desk.editor.user)).await.0, 8);
        let nobody = model::UserId(uuid::Uuid::nil());
        assert_eq!(day(&days(&desk, author(nobody)).await, date).total, 0);
    })
    .await;
}

#[tokio::test]
async fn parts_of_a_post_at_two_times_stand_on_both_days() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let post = desk.save(input("twice", &[desk.x, desk.bluesky]), Some(in_paris(20, 9))).await.unwrap();
        let target = target_of(&post, desk.x);
        desk.force(target, TargetState::Failed, false).await;
        desk.posts.retry_target(desk.editor, target, in_paris(22, 9)).await.unwrap();
        let month = days(&desk, CalendarFilter::default()).await;
        let platforms = |on: u32| day(&month, wall(on, 0).date()).chips[0].platforms.clone();
        assert_eq!((platforms(20), platforms(22)), (vec![Platform::Bluesky], vec![Platform::X]));
        assert!(!day(&month, wall(20, 0).date()).chips[0].undoable, "moving brings both together");
        desk.force(target_of(&post, desk.bluesky), TargetState::Published, false).await;
        let month = days(&desk, CalendarFilter::default()).await;
        assert!(!day(&month, wall(20, 0).date()).chips[0].movable, "this part is out");
        assert!(day(&month, wall(22, 0).date()).chips[0].movable);
    })
    .await;
}

#[tokio::test]
async fn posts_of_one_time_are_told_by_number_in_a_week() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let mut last = None;
        for n in 0..6 {
            last =
                Some(desk.save(input(&format!("no. {n}"), &[desk.x]), Some(in_paris(20, 9))).await.unwrap());
        }
        desk.force(last.unwrap().targets[0].id, TargetState::Missed, false).await;
        let filter =
            CalendarFilter { span: Span::Week, on: Some(wall(20, 0).date()), ..CalendarFilter::default() };
        let week = days(&desk, filter).await;
        let crowd = day(&week, wall(20, 0).date());
        assert_eq!((crowd.total, crowd.chips.len()), (6, 1));
        assert!(crowd.chips.iter().any(|chip| chip.text == "no. 5"), "what needs somebody is shown");
        let folded = &crowd.folded[0];
        assert_eq!((folded.time, folded.posts, folded.attention), (wall(1, 9).time(), 5, false));
    })
    .await;
}

#[tokio::test]
async fn the_doubled_hour_of_autumn_keeps_its_order_and_says_which_is_which() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        // 26 October 2025: 02:30 comes twice in Paris, an hour apart.
        test.clock.advance(TimeDelta::days(280));
        let first = Utc.with_ymd_and_hms(2025, 10, 26, 0, 30, 0).unwrap();
        for (text, at) in [("second", first + TimeDelta::hours(1)), ("first", first)] {
            let when = When::Exactly { at, zone: "Europe/Paris".to_owned() };
            desk.save(input(text, &[desk.x]), Some(when)).await.unwrap();
        }
        let on: NaiveDate = "2025-10-26".parse().unwrap();
        let filter = CalendarFilter { span: Span::Week, on: Some(on), ..CalendarFilter::default() };
        let week = days(&desk, filter).await;
        let chips: Vec<_> = day(&week, on)
            .chips
            .iter()
            .map(|chip| (chip.text.as_str(), chip.time.to_string(), chip.abbreviation.as_deref()))
            .collect();
        let half_past_two = || "02:30:00".to_owned();
        assert_eq!(
            chips,
            [("first", half_past_two(), Some("CEST")), ("second", half_past_two(), Some("CET"))]
        );
        let second = &day(&week, on).chips[1];
        assert_eq!((second.due, second.undoable), (Some(first + TimeDelta::hours(1)), true));

        // There and back again.
        let zone = || "Europe/Paris".to_owned();
        let away = When::At { local: on.and_hms_opt(12, 0, 0).unwrap(), zone: zone() };
        desk.posts.reschedule(desk.editor, second.post, away).await.unwrap();
        let back = When::Exactly { at: second.due.unwrap(), zone: zone() };
        let back = desk.posts.reschedule(desk.editor, second.post, back).await.unwrap();
        assert_eq!(back.due_at.unwrap().utc, first + TimeDelta::hours(1));
    })
    .await;
}

#[tokio::test]
async fn a_calendar_is_its_workspaces_alone() {
    each_engine(async |test| {
        let (desk, other) = (Desk::new(&test, "ana").await, Desk::new(&test, "bo").await);
        desk.scheduled("ours", &[desk.x]).await;
        let calendar = Calendar::new(other.context.clone());
        let theirs = calendar.view(other.editor, CalendarFilter::default()).await.unwrap();
        assert_eq!(theirs.days.iter().map(|day| day.total).sum::<u32>(), 0);
        let viewer = Actor { role: Role::Viewer, ..desk.editor };
        assert!(calendar.view(viewer, CalendarFilter::default()).await.is_ok());
        for year in [-5, 1900, 9999, 20_000] {
            let on = NaiveDate::from_ymd_opt(year, 1, 1);
            let far = calendar.view(desk.editor, CalendarFilter { on, ..CalendarFilter::default() }).await;
            assert_eq!(problems(far), [("on".to_owned(), Problem::BadValue)], "{year}");
        }
    })
    .await;
}
