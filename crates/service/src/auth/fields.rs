//! Input of people, checked field by field; every problem is told at once.

use crate::zones;
use model::session::{PASSWORD_MAX, PASSWORD_MIN};
use model::{ApiError, ApiResult, FieldProblem, Problem};

const MAX_NAME: u32 = 100;
/// The longest address that mail can be sent to (RFC 5321, 4.5.3.1.3, without the angle brackets).
const MAX_EMAIL: u32 = 254;

/// Collects what is wrong.
#[derive(Debug, Default)]
pub(crate) struct Fields(Vec<FieldProblem>);

impl Fields {
    pub(crate) fn refuse(&mut self, field: &str, problem: Problem) {
        self.0.push(FieldProblem { field: field.to_owned(), problem });
    }

    /// A name of a person or a workspace, without space around it.
    pub(crate) fn name(&mut self, field: &str, value: &str) -> String {
        let name = value.trim();
        let got = chars(name);
        if name.is_empty() {
            self.refuse(field, Problem::Required);
        } else if got > MAX_NAME {
            self.refuse(field, Problem::TooLong { max: MAX_NAME, got });
        } else if name.chars().any(char::is_control) {
            self.refuse(field, Problem::BadValue);
        }
        name.to_owned()
    }

    /// An e-mail address as we store it. Whether it exists only a mail could tell.
    pub(crate) fn email(&mut self, field: &str, value: &str) -> String {
        let email = normalised(value);
        let got = chars(&email);
        if email.is_empty() {
            self.refuse(field, Problem::Required);
        } else if got > MAX_EMAIL {
            self.refuse(field, Problem::TooLong { max: MAX_EMAIL, got });
        } else if !looks_like_email(&email) {
            self.refuse(field, Problem::BadEmail);
        }
        email
    }

    pub(crate) fn password(&mut self, field: &str, value: &str) {
        let got = chars(value);
        if got < PASSWORD_MIN {
            self.refuse(field, Problem::TooShort { min: PASSWORD_MIN });
        } else if got > PASSWORD_MAX {
            self.refuse(field, Problem::TooLong { max: PASSWORD_MAX, got });
        }
    }

    /// An IANA zone; empty means UTC.
    pub(crate) fn zone(&mut self, field: &str, value: &str) -> String {
        match value.trim() {
            "" => "UTC".to_owned(),
            zone => {
                if !zones::is_zone(zone) {
                    self.refuse(field, Problem::UnknownTimeZone);
                }
                zone.to_owned()
            }
        }
    }

    /// All is well, or everything that isn't.
    pub(crate) fn finish(self) -> ApiResult<()> {
        if self.0.is_empty() { Ok(()) } else { Err(ApiError::Invalid { problems: self.0 }) }
    }
}

/// Addresses are compared without regard to case, and stored in lower case.
pub(crate) fn normalised(email: &str) -> String {
    email.trim().to_lowercase()
}

fn looks_like_email(email: &str) -> bool {
    let Some((local, domain)) = email.rsplit_once('@') else { return false };
    let no_gap = !email.chars().any(|c| c.is_whitespace() || c.is_control());
    let labels = domain.split('.').collect::<Vec<_>>();
    no_gap
        && !local.is_empty()
        && !local.contains('@')
        && labels.len() > 1
        && labels.iter().all(|label| !label.is_empty())
}

fn chars(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses() {
        for good in ["ana@example.com", "Ana.B+x@mail.example.co", " été@exemple.fr "] {
            assert!(looks_like_email(&normalised(good)), "{good}");
        }
        for bad in
            ["", "ana", "@example.com", "ana@", "ana@example", "a@b@c.de", "a b@c.de", "a@.de", "a@c..de"]
        {
            assert!(!looks_like_email(&normalised(bad)), "{bad}");
        }
    }

    #[test]
    fn every_problem_is_told_at_once() {
        let mut fields = Fields::default();
        assert_eq!(fields.name("name", "  "), "");
        assert_eq!(fields.email("email", "Nobody"), "nobody");
        fields.password("password", "short");
        assert_eq!(fields.zone("zone", "Paris"), "Paris");
        let Err(ApiError::Invalid { problems }) = fields.finish() else { panic!("it is invalid") };
        let told: Vec<_> = problems.into_iter().map(|p| (p.field, p.problem)).collect();
        assert_eq!(
            told,
            [
                ("name".to_owned(), Problem::Required),
                ("email".to_owned(), Problem::BadEmail),
                ("password".to_owned(), Problem::TooShort { min: PASSWORD_MIN }),
                ("zone".to_owned(), Problem::UnknownTimeZone),
            ]
        );
    }

    #[test]
    fn right_input_passes() {
        let mut fields = Fields::default();
        assert_eq!(fields.name("name", " Ana "), "Ana");
        assert_eq!(fields.email("email", "Ana@Example.com"), "ana@example.com");
        fields.password("password", "twelve chars");
        assert_eq!(fields.zone("zone", ""), "UTC");
        assert!(fields.finish().is_ok());
    }
}
