use super::acts::{Acts, by_hand};
use crate::state::use_words;
use crate::words::{Words, describe};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use leptos_router::params::ParamsMap;
use model::account::ConnectHow;
use model::error::PlatformProblem;
use model::{ApiError, Permission, Platform};
use ui::{Banner, Button, Tone};

/// How a connection began or ended, as the address of the page tells it: `?connected=<platform or number>`,
/// `?disconnected=<platform>` where the platform has to be told by hand, or
/// `?problem=<code>&platform=<key>`, where the problem has them with `missing` (scopes, by commas), `expected` (what
/// the account is called), `message` (the platform's words) or `trace`.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Outcome {
    good: bool,
    title: String,
    text: String,
    /// To try again with.
    platform: Option<Platform>,
}

impl Outcome {
    fn of(words: Words, query: &ParamsMap) -> Option<Self> {
        let w = words.accounts();
        if let Some(connected) = query.get("connected") {
            let title = match (connected.parse::<Platform>(), connected.parse::<u64>()) {
                (Ok(platform), _) => w.outcome_connected(platform.name()),
                (_, Ok(accounts)) => w.outcome_added(accounts),
                _ => return None,
            };
            return Some(Self { good: true, title, text: w.outcome_next().to_owned(), platform: None });
        }
        if let Some(platform) = query.get("disconnected") {
            let text = by_hand(words, platform.parse().ok()?);
            return Some(Self { good: false, title: w.done_disconnected().to_owned(), text, platform: None });
        }
        let code = query.get("problem")?;
        let platform = query.get("platform").and_then(|key| key.parse::<Platform>().ok());
        let title = platform
            .map_or_else(|| w.outcome_failed_some().to_owned(), |platform| w.outcome_failed(platform.name()));
        let text = text_of(words, &code, platform, query);
        Some(Self { good: false, title, text, platform })
    }
}

fn text_of(words: Words, code: &str, platform: Option<Platform>, query: &ParamsMap) -> String {
    let w = words.accounts();
    let given = |key: &str| query.get(key).filter(|value| !value.trim().is_empty());
    let said = |problem| {
        let platform = platform.unwrap_or(Platform::X);
        describe(words, &ApiError::Platform { platform, problem }).text
    };
    let told = |error: &ApiError| describe(words, error).text;
    match code {
        "not_configured" => said(PlatformProblem::NotConfigured),
        "denied" => said(PlatformProblem::Denied),
        "bad_state" => w.outcome_bad_state().to_owned(),
        "missing_scopes" => given("missing").map_or_else(
            || w.outcome_scopes().to_owned(),
            |missing| {
                said(PlatformProblem::MissingScopes {
                    missing: missing.split(',').map(str::to_owned).collect(),
                })
            },
        ),
        "nothing_to_connect" => said(PlatformProblem::NothingToConnect),
        "other_account" => given("expected").map_or_else(
            || w.outcome_other().to_owned(),
            |expected| said(PlatformProblem::OtherAccount { expected }),
        ),
        "rate_limited" => said(PlatformProblem::RateLimited { retry_after_s: None }),
        "unreachable" => said(PlatformProblem::Unreachable),
        "said" => given("message")
            .map_or_else(|| w.outcome_said().to_owned(), |message| said(PlatformProblem::Said { message })),
        "internal" => told(&ApiError::Internal { trace: given("trace").unwrap_or_default() }),
        "forbidden" => told(&ApiError::Forbidden { needs: Permission::ManageAccounts.least_role() }),
        "not_found" => w.outcome_gone().to_owned(),
        _ => w.outcome_unknown().to_owned(),
    }
}

/// The outcome in words, with the way to try again.
#[component]
pub(super) fn OutcomeBanner(acts: Acts) -> impl IntoView {
    let words = use_words();
    let query = use_query_map();
    move || {
        query.with(|query| Outcome::of(words, query)).map(|outcome| {
            let Outcome { good, title, text, platform } = outcome;
            let tone = if good { Tone::Good } else { Tone::Bad };
            let again = platform
                .filter(|platform| acts.may_manage && how(*platform) == ConnectHow::OAuth)
                .map(|platform| {
                    view! {
                        <ActionForm action=acts.connect>
                            <input type="hidden" name="platform" value=platform.key() />
                            <Button small=true submit=true busy=acts.connect.pending()>
                                {words.accounts().try_again()}
                            </Button>
                        </ActionForm>
                    }
                });
            view! {
                <Banner tone title=title text=text>
                    {again}
                </Banner>
            }
        })
    }
}

/// Only Bluesky takes a password, in a form that shows its own faults.
const fn how(platform: Platform) -> ConnectHow {
    match platform {
        Platform::Bluesky => ConnectHow::AppPassword,
        Platform::Instagram
        | Platform::Facebook
        | Platform::X
        | Platform::LinkedIn
        | Platform::TikTok
        | Platform::YouTube => ConnectHow::OAuth,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;
    use std::collections::BTreeMap;

    fn outcome(query: &[(&str, &str)]) -> Option<Outcome> {
        let query = query.iter().map(|(key, value)| (key.to_string(), value.to_string())).collect();
        Outcome::of(Words(Locale::En), &query)
    }

    #[test]
    fn what_was_connected_is_told() {
        let one = outcome(&[("connected", "facebook")]).expect("an outcome");
        assert_eq!((one.good, one.title.as_str()), (true, "Facebook is connected."));
        let three = outcome(&[("connected", "3")]).expect("an outcome");
        assert_eq!(three.title, "3 accounts are connected.");
        assert_eq!(outcome(&[("connected", "<b>")]), None);
        assert_eq!(outcome(&[]), None);
        let by_hand = outcome(&[("disconnected", "instagram")]).expect("an outcome");
        assert!(!by_hand.good && by_hand.text.contains("Instagram’s settings"));
    }

    #[test]
    fn a_problem_is_told_with_what_is_known_of_it() {
        let bare = outcome(&[("problem", "missing_scopes"), ("platform", "x")]).expect("an outcome");
        assert_eq!(bare.title, "X was not connected.");
        assert_eq!(bare.text, Words(Locale::En).accounts().outcome_scopes());
        assert_eq!(bare.platform, Some(Platform::X));
        let named = [("problem", "missing_scopes"), ("platform", "x"), ("missing", "tweet.write,users.read")];
        assert!(outcome(&named).expect("an outcome").text.contains("tweet.write, users.read"));
        let other = [("problem", "other_account"), ("platform", "x"), ("expected", "@ana")];
        assert!(outcome(&other).expect("an outcome").text.contains("@ana"));
    }

    #[test]
    fn whatever_went_wrong_has_words_of_its_own_in_both_languages() {
        let mut texts = BTreeMap::new();
        for locale in Locale::ALL {
            for code in [
                "not_configured",
                "denied",
                "bad_state",
                "missing_scopes",
                "nothing_to_connect",
                "other_account",
                "rate_limited",
                "unreachable",
                "said",
                "internal",
                "forbidden",
                "not_found",
                // Whatever else there may be.
                "else",
            ] {
                let query = [("problem".to_owned(), code.to_owned())].into_iter().collect();
                let outcome = Outcome::of(Words(locale), &query).expect("an outcome");
                assert!(!outcome.title.is_empty() && !outcome.text.trim().is_empty(), "{code}");
                let same = texts.insert(outcome.text.clone(), (locale, code));
                assert_eq!(same, None, "{locale:?} {code} has the same words: {}", outcome.text);
            }
        }
    }
}
