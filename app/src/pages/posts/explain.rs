use crate::words::Words;
use model::TargetState;
use model::post::{PostView, TargetView};
use model::state::{Reason, Stage};

/// The code of a refusal that names no cause: the HTTP status alone.
const NO_REASON: &str = "403";

/// A target's state in sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Explanation {
    /// What happened, and why.
    pub(crate) happened: String,
    pub(crate) to_do: Option<&'static str>,
}

/// What happened with this target and what the person can do.
pub(crate) fn explain(words: Words, target: &TargetView) -> Explanation {
    // What waits for a reason doesn't simply go out by itself.
    let waits = target.state == TargetState::Scheduled && target.reason.is_some();
    let mut sentences = Vec::new();
    if !waits || target.deleted_at.is_some() {
        sentences.push(state_sentence(words, target).to_owned());
    }
    let reason = target.reason.as_ref().filter(|_| target.deleted_at.is_none());
    let reason = reason.map(|reason| ended(reason_sentence(words, target, reason)));
    let deletion = deletion_sentence(words, target).map(str::to_owned);
    if target.state == TargetState::Published {
        // What is out has a reason only for still being there.
        sentences.extend(deletion.into_iter().chain(reason));
    } else {
        sentences.extend(reason.into_iter().chain(deletion));
    }
    Explanation { happened: sentences.join(" "), to_do: to_do(words, target) }
}

/// As [`explain`], for a target of `post`. What can't be changed any more is not asked to be changed.
pub(crate) fn explain_in(words: Words, post: &PostView, target: &TargetView) -> Explanation {
    let told = explain(words, target);
    let fixed = post.targets.iter().any(|target| !target.state.is_editable());
    let asks_for_change = target.state == TargetState::Failed
        && matches!(target.reason, Some(Reason::Rejected { .. } | Reason::Media { .. }));
    if fixed && asks_for_change {
        Explanation { to_do: Some(words.post_states().fixed_do()), ..told }
    } else {
        told
    }
}

/// A platform's own words may come without a full stop.
fn ended(mut sentence: String) -> String {
    if !sentence.ends_with(['.', '!', '?', '…', '。']) {
        sentence.push('.');
    }
    sentence
}

fn state_sentence(words: Words, target: &TargetView) -> &'static str {
    let w = words.post_states();
    if target.deleted_at.is_some() {
        return w.deleted();
    }
    match target.state {
        TargetState::Draft => w.draft(),
        TargetState::AwaitingApproval => w.awaiting_approval(),
        TargetState::Scheduled => w.scheduled(),
        TargetState::Publishing => match target.stage {
            Some(Stage::Prepared) => w.publishing_prepared(),
            Some(Stage::Committing | Stage::Answered) => w.publishing_committing(),
            Some(Stage::Claimed) | None => w.publishing(),
        },
        TargetState::Published if target.url.is_none() => w.published_no_link(),
        TargetState::Published => w.published(),
        TargetState::Failed => w.failed(),
        TargetState::Unknown => w.unknown(),
        TargetState::Missed => w.missed(),
        TargetState::Cancelled => w.cancelled(),
    }
}

/// What becomes of a wish to delete it.
fn deletion_sentence(words: Words, target: &TargetView) -> Option<&'static str> {
    let w = words.post_states();
    if target.deleted_at.is_some() || target.asks {
        None
    } else if target.deletion_failed() {
        Some(w.deletion_failed())
    } else if target.delete_requested {
        Some(if target.state == TargetState::Published { w.deleting() } else { w.delete_requested() })
    } else {
        None
    }
}

fn reason_sentence(words: Words, target: &TargetView, reason: &Reason) -> String {
    let w = words.post_states();
    let platform = target.platform.name();
    match reason {
        Reason::Transient { message } => w.transient(platform, message),
        Reason::RateLimited => w.rate_limited(platform),
        Reason::Reconnect { message } => w.reconnect(platform, message),
        Reason::Rejected { message, .. } => w.rejected(platform, message),
        Reason::GaveUp { message } => w.gave_up(platform, message),
        Reason::WorkerLost => w.worker_lost().to_owned(),
        Reason::AnswerLost { message } => w.answer_lost(platform, message),
        Reason::Undecidable { message } => w.undecidable(platform, message),
        Reason::LateStart => w.late_start().to_owned(),
        Reason::Restored => w.held_back().to_owned(),
        Reason::Paused => w.paused().to_owned(),
        Reason::Media { message } => w.media(message),
        Reason::NoDeletion => w.no_deletion(platform),
    }
}

fn to_do(words: Words, target: &TargetView) -> Option<&'static str> {
    use TargetState as S;
    let w = words.post_states();
    if target.deleted_at.is_some() {
        return None;
    }
    match (target.state, &target.reason) {
        (S::Draft, _) => Some(w.draft_do()),
        (S::Unknown, _) if target.asks && target.delete_requested => Some(w.undecidable_deleted_do()),
        (S::Unknown, _) if target.asks => Some(w.undecidable_do()),
        (S::Unknown, _) => Some(w.answer_lost_do()),
        (S::Scheduled | S::Failed | S::Missed, Some(Reason::Reconnect { .. })) => Some(w.reconnect_do()),
        (S::Scheduled | S::Failed | S::Missed, Some(Reason::Paused)) => Some(w.paused_do()),
        (S::Failed | S::Missed, Some(Reason::Restored)) => Some(w.held_back_do()),
        (S::Scheduled, Some(Reason::Transient { .. })) => Some(w.transient_do()),
        (S::Scheduled, Some(Reason::RateLimited)) => Some(w.rate_limited_do()),
        (S::Scheduled, Some(Reason::WorkerLost)) => Some(w.worker_lost_do()),
        (S::Scheduled, Some(Reason::Media { .. })) => Some(w.transient_do()),
        (S::Failed, Some(Reason::Rejected { code: Some(code), .. })) if code == NO_REASON => {
            Some(w.forbidden_do())
        }
        (S::Failed, Some(Reason::Rejected { .. })) => Some(w.rejected_do()),
        (S::Failed, Some(Reason::GaveUp { .. })) => Some(w.gave_up_do()),
        (S::Failed, Some(Reason::Media { .. })) => Some(w.media_do()),
        (S::Failed, _) => Some(w.no_reason_do()),
        (S::Missed, _) => Some(w.resend_do()),
        (S::Published, Some(Reason::Reconnect { .. })) if target.deletion_failed() => {
            Some(w.deletion_reconnect_do())
        }
        (S::Published, Some(Reason::NoDeletion)) => Some(w.no_deletion_do()),
        (S::Published, _) if target.deletion_failed() => Some(w.deletion_failed_do()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;
    use model::Platform;

    fn target(state: TargetState, reason: Option<Reason>) -> TargetView {
        let id = "00000000-0000-0000-0000-000000000001";
        TargetView {
            id: id.parse().expect("an id"),
            account: id.parse().expect("an id"),
            platform: Platform::X,
            handle: "ana".to_owned(),
            account_name: "Ana".to_owned(),
            sandbox: false,
            state,
            due_at: None,
            next_attempt_at: None,
            reason,
            stage: None,
            attempts: 1,
            asks: false,
            published_at: None,
            url: None,
            deleted_at: None,
            delete_requested: false,
        }
    }

    fn message() -> String {
        "it said so".to_owned()
    }

    #[test]
    fn whatever_needs_somebody_says_what_to_do_in_both_languages() {
        let reasons = [
            None,
            Some(Reason::Transient { message: message() }),
            Some(Reason::RateLimited),
            Some(Reason::Reconnect { message: message() }),
            Some(Reason::Rejected { code: None, message: message() }),
            Some(Reason::GaveUp { message: message() }),
            Some(Reason::WorkerLost),
            Some(Reason::AnswerLost { message: message() }),
            Some(Reason::Undecidable { message: message() }),
            Some(Reason::LateStart),
            Some(Reason::Restored),
            Some(Reason::Paused),
            Some(Reason::Media { message: message() }),
            Some(Reason::NoDeletion),
        ];
        for locale in Locale::ALL {
            for state in TargetState::ALL.into_iter().filter(|state| state.needs_attention()) {
                for reason in &reasons {
                    let told = explain(Words(locale), &target(state, reason.clone()));
                    assert!(told.to_do.is_some(), "{state} {reason:?}");
                }
            }
        }
    }

    #[test]
    fn the_platform_s_own_words_are_passed_on() {
        let reason =
            Reason::Rejected { code: Some("187".to_owned()), message: "duplicate content".to_owned() };
        let told = explain(Words(Locale::En), &target(TargetState::Failed, Some(reason)));
        assert_eq!(told.happened, "It was not sent. X refused it: duplicate content.");
    }

    #[test]
    fn a_deleted_post_that_asks_says_why_it_is_still_here() {
        let reason = Reason::Undecidable { message: message() };
        let asks =
            TargetView { asks: true, delete_requested: true, ..target(TargetState::Unknown, Some(reason)) };
        let told = explain(Words(Locale::En), &asks);
        assert!(!told.happened.contains("will be deleted"), "{}", told.happened);
        assert!(told.to_do.is_some_and(|to_do| to_do.starts_with("You deleted this post")));
    }

    #[test]
    fn a_refusal_without_a_cause_says_where_to_look() {
        let refused = |code: &str| {
            let reason = Reason::Rejected { code: Some(code.to_owned()), message: message() };
            explain(Words(Locale::En), &target(TargetState::Failed, Some(reason))).to_do
        };
        assert!(refused("403").is_some_and(|to_do| to_do.contains("locked")));
        assert_ne!(refused("187"), refused("403"));
    }

    #[test]
    fn what_could_not_be_deleted_says_so() {
        let reason = Reason::Rejected { code: None, message: message() };
        let failed = target(TargetState::Published, Some(reason));
        let told = explain(Words(Locale::En), &failed);
        assert_eq!(
            told.happened,
            "It is out. The platform gave no link to it. It could not be deleted there. X refused it: it said so."
        );
        assert!(told.to_do.is_some_and(|to_do| to_do.contains("by hand")));

        let trying = TargetView { delete_requested: true, ..failed.clone() };
        assert_eq!(explain(Words(Locale::En), &trying).to_do, None);
        let plain = explain(Words(Locale::En), &TargetView { reason: None, ..failed });
        assert_eq!(
            (plain.happened.as_str(), plain.to_do),
            ("It is out. The platform gave no link to it.", None)
        );
    }
}
