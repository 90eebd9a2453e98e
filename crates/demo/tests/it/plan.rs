//! Totals, rhythm and states.

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, TimeDelta, Timelike as _, Utc, Weekday};
use demo::{Fate, Language, Plan, PlannedPost, SEED, Size, Standing};
use model::state::{Reason, TargetState};
use model::{Platform, Role};
use std::collections::{BTreeMap, BTreeSet};

/// A Thursday, half past nine in Paris.
fn now() -> DateTime<Utc> {
    "2026-10-15T07:30:00Z".parse().unwrap()
}

fn normal() -> Plan {
    Plan::of(Size::Normal, SEED, now())
}

fn wall(plan: &Plan, post: &PlannedPost) -> Option<NaiveDateTime> {
    Some(service::zones::local_time(post.due?, plan.workspaces[post.workspace].zone).local)
}

fn of(plan: &Plan, workspace: usize) -> impl Iterator<Item = &PlannedPost> {
    plan.posts.iter().filter(move |post| post.workspace == workspace)
}

#[test]
fn the_same_input_gives_the_same_plan() {
    assert_eq!(normal(), normal());
    assert_ne!(normal().posts[0].text, Plan::of(Size::Normal, SEED + 1, now()).posts[0].text);
}

/// An hour later the same posts are planned; some of them are out meanwhile.
#[test]
fn a_day_has_one_plan() {
    let later = Plan::of(Size::Normal, SEED, now() + TimeDelta::hours(3));
    let texts = |plan: &Plan| plan.posts.iter().map(|post| post.text.clone()).collect::<BTreeSet<_>>();
    assert_eq!(texts(&normal()), texts(&later));
    assert!(later.count(TargetState::Published) > normal().count(TargetState::Published));
}

#[test]
fn three_teams_have_written_two_thousand_posts() {
    let plan = normal();
    let sizes: Vec<usize> = (0..3).map(|workspace| of(&plan, workspace).count()).collect();
    assert_eq!(sizes, [1_300, 400, 300]);
    let accounts: Vec<_> = plan.workspaces.iter().flat_map(|workspace| &workspace.accounts).collect();
    assert_eq!(accounts.len(), 14);
    assert!(Platform::ALL.iter().all(|platform| accounts.iter().any(|one| one.platform == *platform)));
    let oldest = plan.posts.iter().filter_map(|post| post.due).min().unwrap();
    assert!((540..=549).contains(&(now() - oldest).num_days()), "{oldest}");
    let with_images = plan.posts.iter().filter(|post| !post.pictures.is_empty()).count();
    assert!((1_200..1_900).contains(&with_images), "{with_images}");
}

#[test]
fn what_is_filmed_is_out_on_accounts_without_posts() {
    let plan = normal();
    let mut number: BTreeMap<Platform, usize> = BTreeMap::new();
    for video in &plan.videos {
        let platform = plan.workspaces[video.workspace].accounts[video.account].platform;
        assert!(!platform.publishes() && video.at < now(), "{video:?}");
        *number.entry(platform).or_default() += 1;
    }
    assert_eq!(number.keys().collect::<Vec<_>>(), [&Platform::TikTok, &Platform::YouTube]);
    assert!(number[&Platform::TikTok] > 230 && (75..=82).contains(&number[&Platform::YouTube]), "{number:?}");
    let to = |place: usize, account: usize| {
        of(&plan, place).flat_map(|post| &post.targets).any(|target| target.account == account)
    };
    assert!(plan.videos.iter().all(|video| !to(video.workspace, video.account)));
}

#[test]
fn the_people_have_their_roles() {
    let plan = normal();
    let role = |person: usize, workspace: usize| {
        plan.workspaces[workspace].members.iter().find(|(one, _)| *one == person).map(|(_, role)| *role)
    };
    assert!((0..3).all(|workspace| role(0, workspace) == Some(Role::Owner)));
    assert_eq!((role(1, 0), role(1, 1)), (Some(Role::Editor), None));
    let shown: Vec<_> = plan.people.iter().filter(|person| person.shown).map(|person| person.email).collect();
    assert_eq!(shown, ["demo@example.com", "lea@example.com"]);
    for (place, workspace) in plan.workspaces.iter().enumerate() {
        let authors: BTreeSet<_> = of(&plan, place).map(|post| post.author).collect();
        assert!(authors.len() >= 2, "{}", workspace.name);
        for author in authors {
            assert!(role(author, place).unwrap() >= Role::Editor, "{}", workspace.name);
        }
    }
}

#[test]
fn nobody_publishes_at_night_and_sundays_are_quiet() {
    for time in ["2026-10-15T07:30:00Z", "2026-03-28T23:10:00Z", "2026-07-01T14:00:00Z"] {
        let plan = Plan::of(Size::Normal, SEED, time.parse().unwrap());
        let mut of_weekday: BTreeMap<_, usize> = BTreeMap::new();
        for post in plan.posts.iter().filter(|post| !post.text.starts_with("Fresh batch!")) {
            let Some(at) = wall(&plan, post) else { continue };
            assert!((6..23).contains(&at.hour()), "{at} in {}", plan.workspaces[post.workspace].name);
            if post.workspace == 0 {
                *of_weekday.entry(at.weekday().num_days_from_monday()).or_default() += 1;
            }
        }
        let posts = |day: Weekday| of_weekday[&day.num_days_from_monday()];
        assert!(posts(Weekday::Sun) < posts(Weekday::Sat), "{of_weekday:?}");
        for day in [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri] {
            assert!(posts(day) > posts(Weekday::Sat), "{of_weekday:?}");
        }
    }
}

#[test]
fn the_next_five_weeks_are_full() {
    let plan = normal();
    let mut days: BTreeMap<NaiveDate, usize> = BTreeMap::new();
    let watched = |post: &&PlannedPost| !post.text.starts_with("Fresh batch!");
    for at in of(&plan, 0).filter(watched).filter_map(|post| wall(&plan, post)) {
        *days.entry(at.date()).or_default() += 1;
    }
    let today = NaiveDate::from_ymd_opt(2026, 10, 15).unwrap();
    for day in today.iter_days().take(35) {
        let expected = match day.weekday() {
            Weekday::Sat => 2..=4,
            Weekday::Sun => 1..=2,
            _ => 3..=7,
        };
        assert!(expected.contains(&days[&day]), "{day}: {}", days[&day]);
    }
}

#[test]
fn both_languages_and_some_others_are_spoken() {
    let plan = normal();
    for workspace in 0..3 {
        let mut spoken: BTreeMap<&str, usize> = BTreeMap::new();
        for post in of(&plan, workspace) {
            let language = match post.language {
                Language::English => "en",
                Language::French => "fr",
                Language::Other => "other",
            };
            *spoken.entry(language).or_default() += 1;
        }
        let all = of(&plan, workspace).count();
        assert!(spoken["en"] > all / 4 && spoken["fr"] > all / 7, "{spoken:?}");
        assert!(spoken["other"] >= 3 && spoken["other"] < all / 8, "{spoken:?}");
    }
}

#[test]
fn each_thing_has_gone_wrong_once() {
    let plan = normal();
    let targets = || plan.posts.iter().flat_map(|post| post.targets.iter().map(move |target| (post, target)));
    let reasons: Vec<&Reason> = targets()
        .filter_map(|(_, target)| match &target.fate {
            Fate::Failed { reason, .. } => Some(reason),
            _ => None,
        })
        .collect();
    assert!((6..=9).contains(&reasons.len()), "{reasons:?}");
    assert!(reasons.iter().any(|reason| matches!(reason, Reason::Rejected { .. })));
    assert!(reasons.iter().any(|reason| matches!(reason, Reason::GaveUp { .. })));
    assert!(reasons.iter().any(|reason| matches!(reason, Reason::Media { .. })));
    assert_eq!(plan.count(TargetState::Unknown), 1);
    let missed: Vec<_> = targets().filter(|(_, target)| matches!(target.fate, Fate::Missed { .. })).collect();
    assert_eq!(missed.len(), 1);
    let (post, target) = missed[0];
    let account = &plan.workspaces[post.workspace].accounts[target.account];
    assert!(matches!(account.standing, Standing::NeedsReconnect { .. }), "{account:?}");
    let cancelled = |post: &&PlannedPost| post.targets.iter().any(|t| t.fate == Fate::Cancelled);
    assert_eq!(plan.posts.iter().filter(cancelled).count(), 3);
    let drafts: Vec<_> = plan.posts.iter().filter(|post| post.due.is_none()).collect();
    assert_eq!(drafts.len(), 10);
    assert!(drafts.iter().filter(|post| post.targets.is_empty()).count() >= 3);
    for (post, target) in targets() {
        match target.fate {
            Fate::Published { at } => {
                let late = at - post.due.unwrap();
                assert!(late > TimeDelta::zero() && late < TimeDelta::seconds(10), "{late}");
            }
            Fate::Scheduled => assert!(post.due.unwrap() > now()),
            _ => {}
        }
        assert!(post.created_at < now());
        assert!(post.due.is_none_or(|due| post.created_at < due), "{post:?}");
    }
}

#[test]
fn one_post_goes_out_while_somebody_watches_and_no_other() {
    for minute in (0..24 * 60).step_by(97) {
        let now = now() + TimeDelta::minutes(minute);
        let plan = Plan::of(Size::Normal, SEED, now);
        let soon: Vec<_> = plan
            .posts
            .iter()
            .filter(|post| post.targets.iter().any(|target| target.fate == Fate::Scheduled))
            .filter(|post| post.due.unwrap() < now + TimeDelta::minutes(12))
            .collect();
        assert_eq!(soon.len(), 1, "at {now}: {soon:?}");
        let wait = soon[0].due.unwrap() - now;
        assert!((150..=180).contains(&wait.num_seconds()), "{wait}");
    }
}

#[test]
fn what_is_in_trouble_is_left_out() {
    let plan = normal();
    for post in &plan.posts {
        for target in &post.targets {
            let account = &plan.workspaces[post.workspace].accounts[target.account];
            let days = post.due.map_or(0, |due| (now() - due).num_days());
            match account.standing {
                Standing::Paused { days: since } => assert!(days >= since - 1, "{post:?}"),
                Standing::NeedsReconnect { days: since } if target.fate.state() == TargetState::Published => {
                    assert!(days >= since - 1, "{post:?}");
                }
                _ => {}
            }
        }
    }
    let waits = |post: &&PlannedPost| {
        post.targets.iter().any(|target| {
            let account = &plan.workspaces[post.workspace].accounts[target.account];
            target.fate == Fate::Scheduled && matches!(account.standing, Standing::NeedsReconnect { .. })
        })
    };
    assert!(plan.posts.iter().any(|post| waits(&post)), "something waits for the new consent");
}

#[test]
fn rows_sort_by_their_ids_and_no_key_comes_twice() {
    for size in [Size::Normal, Size::BusyMonth] {
        let plan = Plan::of(size, SEED, now());
        assert!(plan.posts.is_sorted_by_key(|post| post.created_at));
        assert!(plan.posts.is_sorted_by_key(|post| post.id));
        let targets: Vec<_> = plan.posts.iter().flat_map(|post| &post.targets).collect();
        let keys: BTreeSet<_> = targets.iter().map(|target| &target.publish_key).collect();
        let ids: BTreeSet<_> = targets.iter().map(|target| target.id).collect();
        assert_eq!((keys.len(), ids.len()), (targets.len(), targets.len()));
        for post in &plan.posts {
            let accounts: BTreeSet<_> = post.targets.iter().map(|target| target.account).collect();
            assert_eq!(accounts.len(), post.targets.len());
        }
    }
}

#[test]
fn a_busy_month_has_five_thousand_posts_more() {
    let plan = Plan::of(Size::BusyMonth, SEED, now());
    let in_october = |plan: &Plan| {
        let due = of(plan, 0).filter_map(|post| wall(plan, post));
        due.filter(|at| (at.year(), at.month()) == (2026, 10)).count()
    };
    assert_eq!(in_october(&plan) - in_october(&normal()), 5_000);
    assert_eq!(plan.posts.len(), 7_000);
}

#[test]
fn the_large_one_is_large() {
    let plan = Plan::of(Size::Large, SEED, now());
    assert_eq!(plan.posts.len(), 100_000);
    assert_eq!(plan.workspaces.iter().map(|workspace| workspace.accounts.len()).sum::<usize>(), 200);
    let busiest: BTreeSet<_> =
        of(&plan, 2).flat_map(|post| post.targets.iter().map(|target| target.account)).collect();
    assert!(busiest.len() > 180);
}
