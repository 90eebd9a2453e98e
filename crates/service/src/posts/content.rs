//! What a post may hold: bounds that even a draft keeps, and the platforms' rules for what goes out.

use super::images::Images;
use model::post::{PostInput, Variant};
use model::text::{self, Rule, Severity};
use model::{ApiError, ApiResult, FieldProblem, Platform, Problem};
use std::collections::BTreeSet;

/// In characters; above every platform's limit (Facebook's 63,206 is the highest).
const MAX_TEXT: usize = 70_000;
/// In characters, of an image's description.
const MAX_ALT: usize = 10_000;
const MAX_MEDIA: usize = 40;
const MAX_ACCOUNTS: usize = 100;

/// The input with each account once, if it keeps the bounds.
pub(super) fn bounded(input: &PostInput) -> ApiResult<PostInput> {
    let mut problems = Vec::new();
    let mut at_most = |field: String, max: usize, got: usize| {
        if got > max {
            let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            problems
                .push(FieldProblem { field, problem: Problem::TooLong { max: count(max), got: count(got) } });
        }
    };
    at_most("text".to_owned(), MAX_TEXT, input.text.chars().count());
    at_most("accounts".to_owned(), MAX_ACCOUNTS, input.accounts.len());
    for variant in &input.variants {
        at_most(format!("variants.{}", variant.platform), MAX_TEXT, variant.text.chars().count());
    }
    let own = input.variants.iter().filter_map(|variant| {
        Some((format!("variants.{}.media", variant.platform), variant.media.as_ref()?))
    });
    for (field, media) in std::iter::once(("media".to_owned(), &input.media)).chain(own) {
        at_most(field.clone(), MAX_MEDIA, media.len());
        for (index, item) in media.iter().enumerate() {
            at_most(format!("{field}.{index}.alt"), MAX_ALT, item.alt.chars().count());
        }
    }
    let platforms: BTreeSet<_> = input.variants.iter().map(|variant| variant.platform).collect();
    if platforms.len() < input.variants.len() {
        problems.push(FieldProblem { field: "variants".to_owned(), problem: Problem::BadValue });
    }
    // PostgreSQL's text can't hold it.
    let holds_nul = |text: &str| text.contains('\0');
    if holds_nul(&input.text)
        || input.variants.iter().any(|v| holds_nul(&v.text))
        || input.every_media().any(|m| holds_nul(&m.alt))
    {
        problems.push(FieldProblem { field: "text".to_owned(), problem: Problem::BadValue });
    }
    if !problems.is_empty() {
        return Err(ApiError::Invalid { problems });
    }
    let mut input = input.clone();
    let mut seen = BTreeSet::new();
    input.accounts.retain(|account| seen.insert(*account));
    Ok(input)
}

/// An account on which the post is about to be scheduled.
pub(super) struct Destination {
    pub(super) platform: Platform,
    /// What the account is called.
    pub(super) account: String,
    /// Connected and not paused.
    pub(super) ready: bool,
}

/// Refuses to schedule without an account, on one that isn't ready, or what a platform would refuse.
pub(super) fn check_schedule(
    input: &PostInput,
    images: &Images,
    destinations: &[Destination],
) -> ApiResult<()> {
    if destinations.is_empty() {
        return Err(ApiError::invalid("accounts", Problem::NoAccount));
    }
    let mut problems: Vec<_> = destinations
        .iter()
        .filter(|destination| !destination.ready)
        .map(|destination| FieldProblem {
            field: "accounts".to_owned(),
            problem: Problem::AccountNotReady { account: destination.account.clone() },
        })
        .collect();
    problems.extend(broken_rules(input, images, destinations.iter().map(|d| d.platform)));
    if problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid { problems }) }
}

/// Refuses content that a platform would refuse.
pub(super) fn check_content(
    input: &PostInput,
    images: &Images,
    platforms: impl IntoIterator<Item = Platform>,
) -> ApiResult<()> {
    let problems = broken_rules(input, images, platforms);
    if problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid { problems }) }
}

fn broken_rules(
    input: &PostInput,
    images: &Images,
    platforms: impl IntoIterator<Item = Platform>,
) -> Vec<FieldProblem> {
    let platforms: BTreeSet<_> = platforms.into_iter().collect();
    let mut problems = Vec::new();
    for platform in platforms {
        let found = text::check(platform, input.text_for(platform), &images.facts(input.media_for(platform)));
        for finding in found.into_iter().filter(|finding| finding.severity == Severity::Error) {
            let field = field_of(input, platform, &finding.rule);
            problems
                .push(FieldProblem { field, problem: Problem::Platform { platform, rule: finding.rule } });
        }
    }
    problems
}

/// The field in which the rule is broken.
fn field_of(input: &PostInput, platform: Platform, rule: &Rule) -> String {
    let variant = Variant::of(&input.variants, platform);
    let media = match variant.is_some_and(|variant| variant.media.is_some()) {
        true => format!("variants.{platform}.media"),
        false => "media".to_owned(),
    };
    match rule {
        Rule::PublishesNothing => "accounts".to_owned(),
        Rule::NeedsImage | Rule::TooManyImages { .. } => media,
        Rule::AltTooLong { index, .. } | Rule::NoAlt { index } => format!("{media}.{index}.alt"),
        Rule::RatioOutOfRange { index } => format!("{media}.{index}"),
        _ if variant.is_some() => format!("variants.{platform}"),
        _ => "text".to_owned(),
    }
}
