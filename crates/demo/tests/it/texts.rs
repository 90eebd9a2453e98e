//! Every text can go where it is meant to go.

use demo::{Fate, Plan, SEED, Size};
use model::Platform;
use model::media::ImageFormat;
use model::text::{MediaFacts, Severity, check, utf16_units};
use std::collections::HashMap;

#[test]
fn the_platforms_take_every_post() {
    for size in [Size::Normal, Size::BusyMonth, Size::Large] {
        let plan = Plan::of(size, SEED, "2026-10-15T07:30:00Z".parse().unwrap());
        // Of very many some will do.
        let step = if size == Size::Large { 23 } else { 1 };
        for post in plan.posts.iter().step_by(step).filter(|post| post.due.is_some()) {
            let workspace = &plan.workspaces[post.workspace];
            let media: Vec<MediaFacts> = post
                .pictures
                .iter()
                .map(|place| MediaFacts {
                    format: ImageFormat::Jpeg,
                    bytes: u64::try_from(workspace.pictures[*place].jpeg.len()).unwrap(),
                    width: 1_080,
                    height: 1_080,
                    cut: None,
                    alt_chars: utf16_units(workspace.pictures[*place].alt(post.language)),
                })
                .collect();
            for target in &post.targets {
                let platform = workspace.accounts[target.account].platform;
                let found = check(platform, post.text_for(platform), &media);
                let errors: Vec<_> = found.iter().filter(|f| f.severity == Severity::Error).collect();
                assert!(errors.is_empty(), "{platform}: {errors:?} in {:?}", post.text_for(platform));
                assert!(found.is_empty(), "not even a warning: {found:?}");
            }
            let own: Vec<Platform> = post.variants.iter().map(|variant| variant.platform).collect();
            assert!(own.windows(2).all(|pair| pair[0] != pair[1]), "{own:?}");
        }
    }
}

#[test]
fn no_account_says_the_same_twice_within_weeks() {
    let plan = Plan::of(Size::Normal, SEED, "2026-10-15T07:30:00Z".parse().unwrap());
    let mut said: HashMap<(usize, usize, &str), _> = HashMap::new();
    for post in plan.posts.iter().filter(|post| post.due.is_some()) {
        for target in post.targets.iter().filter(|target| target.fate != Fate::Cancelled) {
            let platform = plan.workspaces[post.workspace].accounts[target.account].platform;
            let key = (post.workspace, target.account, post.text_for(platform));
            if let Some(before) = said.insert(key, post.due.unwrap()) {
                let days = (post.due.unwrap() - before).num_days();
                assert!(days > 20, "after {days} days: {:?}", post.text_for(platform));
            }
        }
    }
}

/// Some are long, some short, some differ by platform, some have links, tags and emoji.
#[test]
fn posts_are_of_many_kinds() {
    let plan = Plan::of(Size::Normal, SEED, "2026-10-15T07:30:00Z".parse().unwrap());
    let share = |kind: &dyn Fn(&demo::PlannedPost) -> bool| {
        plan.posts.iter().filter(|post| kind(post)).count() * 100 / plan.posts.len()
    };
    for (what, share, expected) in [
        ("long", share(&|post| post.text.chars().count() > 300), 3..20),
        ("short", share(&|post| post.text.chars().count() < 80), 3..40),
        ("variants", share(&|post| !post.variants.is_empty()), 3..25),
        ("links", share(&|post| post.text.contains("https://")), 15..35),
        ("hashtags", share(&|post| post.text.contains('#')), 60..90),
        ("emoji", share(&|post| post.text.chars().any(|c| c > '\u{1f300}')), 3..30),
        ("several images", share(&|post| post.pictures.len() > 1), 3..25),
        ("campaigns", share(&|post| post.text.contains("utm_campaign")), 1..20),
    ] {
        assert!(expected.contains(&share), "{what}: {share} %");
    }
}
