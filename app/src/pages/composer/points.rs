//! What stands in the way of a post, and what people should know.

use super::draft::Draft;
use super::version::Tab;
use crate::components::media_tray::TileFile;
use crate::words::Words;
use leptos::prelude::*;
use model::neighbour::Neighbour;
use model::text::{Rule, Severity, check};
use model::{Platform, Problem};

/// Where a point is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Accounts,
    /// From this byte of the text on.
    Text(Tab, usize),
    Images(Tab),
    /// The image's place, counted from zero.
    Alt(Tab, u32),
    /// The image's place, and a platform that would add bars to it.
    Ratio(Tab, u32, Platform),
}

impl Place {
    /// The tab to turn to.
    pub(super) const fn tab(self) -> Option<Tab> {
        match self {
            Self::Accounts => None,
            Self::Text(tab, _) | Self::Images(tab) | Self::Alt(tab, _) | Self::Ratio(tab, ..) => Some(tab),
        }
    }
}

/// A point of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// It can't go out so.
    pub(super) must: bool,
    pub(super) text: String,
    pub(super) leads: Leads,
}

/// What the point leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Leads {
    To(Place),
    /// Another post.
    ToPost(Box<Neighbour>),
}

/// Every point about the draft, the musts first. The same rule on several platforms is one point.
pub(super) fn points(words: Words, draft: Draft) -> Vec<Point> {
    let mut points = Vec::new();
    if draft.chosen.with(Vec::is_empty) {
        let text = crate::words::problem_text(words, &Problem::NoAccount);
        points.push(Point { must: true, text, leads: Leads::To(Place::Accounts) });
    }
    points.extend(broken_rules(words, draft));
    let mut tabs: Vec<Tab> = vec![Tab::All];
    tabs.extend(draft.tabs().into_iter().filter(|tab| match tab {
        Tab::All => false,
        Tab::Own(platform) => draft.own(*platform).has_images(),
    }));
    for tab in tabs {
        points.extend(unfinished(words, draft, tab));
    }
    points
}

fn broken_rules(words: Words, draft: Draft) -> Vec<Point> {
    let mut found: Vec<(Severity, Rule, Place, Vec<Platform>)> = Vec::new();
    for platform in draft.platforms() {
        let (text, facts) = (draft.text_for(platform), draft.facts(platform));
        for finding in check(platform, &text, &facts) {
            let start = finding.span.map_or(0, |span| span.start);
            let place = place(draft, platform, &finding.rule, start);
            let same = |other: &(Severity, Rule, Place, Vec<Platform>)| {
                other.1 == finding.rule && other.2.tab() == place.tab()
            };
            match found.iter_mut().find(|other| same(other)) {
                Some((.., platforms)) => platforms.push(platform),
                None => found.push((finding.severity, finding.rule, place, vec![platform])),
            }
        }
    }
    found.sort_by_key(|(severity, ..)| std::cmp::Reverse(*severity));
    let point = |(severity, rule, place, platforms): (_, Rule, _, Vec<Platform>)| {
        let names: Vec<&str> = platforms.iter().map(|platform| platform.name()).collect();
        let text = words.problems().platform_rule(&names.join(", "), &words.rule_text(&rule));
        Point { must: severity == Severity::Error, text, leads: Leads::To(place) }
    };
    found.into_iter().map(point).collect()
}

fn place(draft: Draft, platform: Platform, rule: &Rule, start: usize) -> Place {
    let images = draft.images_tab(platform);
    match rule {
        Rule::PublishesNothing => Place::Accounts,
        Rule::Empty
        | Rule::TextTooLong { .. }
        | Rule::TextTooManyBytes { .. }
        | Rule::TooManyHashtags { .. }
        | Rule::TooManyMentions { .. } => Place::Text(draft.text_tab(platform), start),
        Rule::NeedsImage | Rule::TooManyImages { .. } => Place::Images(images),
        Rule::AltTooLong { index, .. } | Rule::NoAlt { index } => Place::Alt(images, *index),
        Rule::RatioOutOfRange { index } => Place::Ratio(images, *index, platform),
    }
}

/// Images that are on their way or were refused.
fn unfinished(words: Words, draft: Draft, tab: Tab) -> Vec<Point> {
    let w = words.composer();
    let point =
        |must, text: &str| Point { must, text: text.to_owned(), leads: Leads::To(Place::Images(tab)) };
    draft.version(tab).tray.tiles.with(|tiles| {
        let sending = tiles.iter().any(|tile| matches!(tile.file, TileFile::Sending { .. }));
        let refused = tiles.iter().any(|tile| matches!(tile.file, TileFile::Refused { .. }));
        let sending = sending.then(|| point(true, w.sending()));
        let refused = refused.then(|| point(false, w.refused()));
        sending.into_iter().chain(refused).collect()
    })
}
