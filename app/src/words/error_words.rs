//! From error codes to sentences.

use super::Words;
use crate::format;
use model::error::{HostProblem, PlatformProblem};
use model::text::Rule;
use model::{ApiError, Conflict, Platform, Problem, Role, TargetState};

/// What happened, and what it means and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorWords {
    pub title: String,
    pub text: String,
}

/// The error in words, for a banner or an error page.
pub fn describe(words: Words, error: &ApiError) -> ErrorWords {
    let w = words.errors();
    let (title, text) = match error {
        ApiError::SignedOut => (w.signed_out_title().to_owned(), w.signed_out_text().to_owned()),
        ApiError::Forbidden { needs } => {
            (w.forbidden_title().to_owned(), w.forbidden_text(role_name(words, *needs)))
        }
        ApiError::NotFound => (w.not_found_title().to_owned(), w.not_found_text().to_owned()),
        ApiError::Invalid { problems } => {
            let all: Vec<String> = problems.iter().map(|p| problem_text(words, &p.problem)).collect();
            (w.invalid_title().to_owned(), all.join(" "))
        }
        ApiError::Conflict { conflict } => (w.conflict_title().to_owned(), conflict_text(words, conflict)),
        ApiError::TooMany { retry_after_s } => {
            (w.too_many_title().to_owned(), w.too_many_text(u64::from(*retry_after_s)))
        }
        ApiError::Platform { platform, problem } => {
            (w.platform_title(platform.name()), platform_text(words, *platform, problem))
        }
        ApiError::Internal { trace } => (w.internal_title().to_owned(), w.internal_text(trace)),
        ApiError::Transport { .. } => (w.transport_title().to_owned(), w.transport_text().to_owned()),
    };
    ErrorWords { title, text }
}

/// The fault of one field of a form, if the error names it.
pub fn field_fault(words: Words, error: Option<&ApiError>, field: &str) -> Option<String> {
    let Some(ApiError::Invalid { problems }) = error else { return None };
    problems.iter().find(|p| p.field == field).map(|p| problem_text(words, &p.problem))
}

pub fn role_name(words: Words, role: Role) -> &'static str {
    let w = words.common();
    match role {
        Role::Viewer => w.viewer(),
        Role::Editor => w.editor(),
        Role::Admin => w.admin(),
        Role::Owner => w.owner(),
    }
}

fn conflict_text(words: Words, conflict: &Conflict) -> String {
    let w = words.errors();
    match conflict {
        Conflict::GoingOut => w.conflict_going_out().to_owned(),
        Conflict::AlreadyPublished => w.conflict_already_published().to_owned(),
        Conflict::Changed => w.conflict_changed().to_owned(),
        Conflict::WrongState { state } => w.conflict_wrong_state(words.state_name(*state)),
        Conflict::AlreadySetUp => w.conflict_already_set_up().to_owned(),
        Conflict::LastOwner => w.conflict_last_owner().to_owned(),
        Conflict::AlreadyThere => w.conflict_already_there().to_owned(),
        Conflict::OtherPerson => w.conflict_other_person().to_owned(),
        Conflict::InUse => w.conflict_in_use().to_owned(),
        Conflict::AnswerFirst => w.conflict_answer_first().to_owned(),
    }
}

fn platform_text(words: Words, platform: Platform, problem: &PlatformProblem) -> String {
    let w = words.errors();
    match problem {
        PlatformProblem::NotConfigured => w.platform_not_configured(platform.name()),
        PlatformProblem::Denied => w.platform_denied().to_owned(),
        PlatformProblem::BadState => w.platform_bad_state().to_owned(),
        PlatformProblem::MissingScopes { missing } => w.platform_missing_scopes(&missing.join(", ")),
        PlatformProblem::NothingToConnect => w.platform_nothing_to_connect().to_owned(),
        PlatformProblem::OtherAccount { expected } => w.platform_other_account(expected),
        PlatformProblem::WrongCredentials => w.platform_wrong_credentials().to_owned(),
        PlatformProblem::SecondFactor => w.platform_second_factor().to_owned(),
        PlatformProblem::RateLimited { .. } => w.platform_rate_limited().to_owned(),
        PlatformProblem::Unreachable => w.platform_unreachable().to_owned(),
        PlatformProblem::Said { message } => w.platform_said(message),
    }
}

/// One field's problem in a sentence.
pub fn problem_text(words: Words, problem: &Problem) -> String {
    let w = words.problems();
    let number = |n: u64| format::count(words.0, n);
    match problem {
        Problem::Required => w.required().to_owned(),
        Problem::TooShort { min } => w.too_short(u64::from(*min)),
        Problem::TooLong { max, got } => w.too_long(&number(u64::from(*max)), &number(u64::from(*got))),
        Problem::BadEmail => w.bad_email().to_owned(),
        Problem::WrongCredentials => w.wrong_credentials().to_owned(),
        Problem::AlreadyTaken => w.already_taken().to_owned(),
        Problem::LinkExpired => w.link_expired().to_owned(),
        Problem::UnknownTimeZone => w.unknown_time_zone().to_owned(),
        Problem::BadTime => w.bad_time().to_owned(),
        Problem::InThePast => w.in_the_past().to_owned(),
        Problem::TooFarAhead { max_days } => w.too_far_ahead(u64::from(*max_days)),
        Problem::NoAccount => w.no_account().to_owned(),
        Problem::AccountNotReady { account } => w.account_not_ready(account),
        Problem::BadHost { reason } => host_text(words, *reason).to_owned(),
        Problem::BadHandle => w.bad_handle().to_owned(),
        Problem::Platform { platform, rule } => w.platform_rule(platform.name(), &words.rule_text(rule)),
        Problem::UnsupportedFile => w.unsupported_file().to_owned(),
        Problem::FileTooLarge { max_bytes } => w.file_too_large(&w.megabytes(&number(max_bytes / 1_000_000))),
        Problem::TooManyPixels { .. } => w.too_many_pixels().to_owned(),
        Problem::DamagedFile => w.damaged_file().to_owned(),
        Problem::UploadBroken => w.upload_broken().to_owned(),
        Problem::BadValue => w.bad_value().to_owned(),
    }
}

fn host_text(words: Words, problem: HostProblem) -> &'static str {
    let w = words.problems();
    match problem {
        HostProblem::NotAnAddress => w.host_not_an_address(),
        HostProblem::NeedsHttps => w.host_needs_https(),
        HostProblem::PrivateAddress => w.host_private(),
        HostProblem::PortNotAllowed => w.host_port(),
        HostProblem::NotResolved => w.host_not_resolved(),
        HostProblem::NotReachable => w.host_not_reachable(),
        HostProblem::WrongServer => w.host_wrong_server(),
    }
}

impl Words {
    /// A platform's rule that a post breaks, without the platform's name.
    pub fn rule_text(self, rule: &Rule) -> String {
        let w = self.problems();
        let number = |n: u32| format::count(self.0, u64::from(n));
        // People count images from one.
        let image = |index: u32| number(index + 1);
        match rule {
            Rule::PublishesNothing => w.rule_publishes_nothing().to_owned(),
            Rule::Empty => w.rule_empty().to_owned(),
            Rule::TextTooLong { over, .. } => w.rule_text_too_long(u64::from(*over)),
            Rule::TextTooManyBytes { over, .. } => w.rule_text_too_many_bytes(u64::from(*over)),
            Rule::TooManyHashtags { max, got } => w.rule_too_many_hashtags(&number(*max), &number(*got)),
            Rule::TooManyMentions { max, got } => w.rule_too_many_mentions(&number(*max), &number(*got)),
            Rule::NeedsImage => w.rule_needs_image().to_owned(),
            Rule::TooManyImages { max, got } => w.rule_too_many_images(&number(*max), &number(*got)),
            Rule::AltTooLong { index, over, .. } => w.rule_alt_too_long(&image(*index), &number(*over)),
            Rule::NoAlt { index } => w.rule_no_alt(&image(*index)),
            Rule::RatioOutOfRange { index } => w.rule_ratio(&image(*index)),
        }
    }

    pub const fn state_name(self, state: TargetState) -> &'static str {
        let w = self.states();
        match state {
            TargetState::Draft => w.draft(),
            TargetState::AwaitingApproval => w.awaiting_approval(),
            TargetState::Scheduled => w.scheduled(),
            TargetState::Publishing => w.publishing(),
            TargetState::Published => w.published(),
            TargetState::Failed => w.failed(),
            TargetState::Unknown => w.unknown(),
            TargetState::Missed => w.missed(),
            TargetState::Cancelled => w.cancelled(),
        }
    }
}
