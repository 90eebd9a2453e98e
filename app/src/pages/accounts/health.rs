use crate::format;
use crate::words::Words;
use chrono::Datelike;
use model::account::{AccountView, Health};
use ui::MarkShape;

/// What a person can do about an account's trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Remedy {
    Reconnect,
    Renew,
    Resume,
    Check,
}

/// What is wrong, what the platform said, what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Notice {
    pub(super) what: String,
    pub(super) said: Option<String>,
    pub(super) to_do: &'static str,
    pub(super) remedy: Remedy,
}

/// An account's health in words, shape and colour.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Told {
    /// The value of `data-state`.
    pub(super) state: &'static str,
    pub(super) shape: MarkShape,
    pub(super) badge: String,
    pub(super) notice: Option<Notice>,
}

pub(super) fn told(words: Words, account: &AccountView) -> Told {
    let w = words.accounts();
    let platform = account.platform.name();
    let ends = account.expires_at.as_ref();
    let said = account.last_error.as_deref().map(|message| w.answered(message));
    let tell = |state, shape, badge: &str, what: String, to_do, remedy| Told {
        state,
        shape,
        badge: badge.to_owned(),
        notice: Some(Notice { what, said, to_do, remedy }),
    };
    match account.health {
        Health::NeedsReconnect => tell(
            "needs_reconnect",
            MarkShape::OCTAGON,
            w.needs_reconnect(),
            w.reconnect_what(platform),
            w.reconnect_do(),
            Remedy::Reconnect,
        ),
        Health::Expiring => {
            // Within a week: the year goes without saying.
            let badge = ends.map_or_else(
                || w.ends_soon().to_owned(),
                |end| w.ends(&format::date(words.0, end.local.date(), end.local.year())),
            );
            let what = ends.map_or_else(
                || w.expiring_what_undated(platform),
                |end| w.expiring_what(platform, &format::day_and_time(words.0, end.local, end.local.year())),
            );
            tell("expiring", MarkShape::TRIANGLE, &badge, what, w.expiring_do(), Remedy::Renew)
        }
        Health::Paused => tell(
            "paused",
            MarkShape::STRUCK_RING,
            w.paused(),
            w.paused_what().to_owned(),
            w.paused_do(),
            Remedy::Resume,
        ),
        Health::Error => tell(
            "warning",
            MarkShape::TRIANGLE,
            w.troubled(),
            w.troubled_what(platform),
            w.troubled_do(),
            Remedy::Check,
        ),
        Health::Active if !account.missing_scopes.is_empty() => tell(
            "warning",
            MarkShape::TRIANGLE,
            w.limited(),
            w.scopes_what(&account.missing_scopes.join(", ")),
            w.scopes_do(),
            Remedy::Reconnect,
        ),
        Health::Active => {
            Told { state: "active", shape: MarkShape::TICK, badge: w.active().to_owned(), notice: None }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Locale;
    use model::{LocalTime, Platform};

    fn account(health: Health) -> AccountView {
        AccountView {
            id: "00000000-0000-0000-0000-000000000001".parse().expect("an id"),
            platform: Platform::LinkedIn,
            handle: "ana".to_owned(),
            name: "Ana".to_owned(),
            label: String::new(),
            avatar: None,
            url: None,
            health,
            last_error: None,
            expires_at: None,
            missing_scopes: Vec::new(),
            waiting_posts: 0,
            sandbox: false,
            host: String::new(),
        }
    }

    #[test]
    fn whatever_is_not_well_says_what_to_do() {
        for locale in Locale::ALL {
            for health in [Health::Expiring, Health::NeedsReconnect, Health::Paused, Health::Error] {
                assert!(told(Words(locale), &account(health)).notice.is_some(), "{health:?}");
            }
            assert_eq!(told(Words(locale), &account(Health::Active)).notice, None);
        }
    }

    #[test]
    fn the_end_is_told_with_its_date() {
        let end = LocalTime {
            utc: "2026-11-21T13:10:00Z".parse().expect("an instant"),
            local: "2026-11-21T14:10:00".parse().expect("a time"),
            zone: "Europe/Paris".to_owned(),
            abbreviation: "CET".to_owned(),
        };
        let told =
            told(Words(Locale::En), &AccountView { expires_at: Some(end), ..account(Health::Expiring) });
        assert_eq!(told.badge, "Ends Sat 21 Nov");
        let notice = told.notice.expect("a notice");
        assert_eq!(notice.what, "LinkedIn ends this connection on Sat 21 Nov, 14:10.");
        assert_eq!(notice.remedy, Remedy::Renew);
    }

    #[test]
    fn what_was_not_permitted_is_named() {
        let missing = vec!["media.write".to_owned()];
        let told =
            told(Words(Locale::En), &AccountView { missing_scopes: missing, ..account(Health::Active) });
        assert_eq!(told.notice.expect("a notice").what, "Not everything was permitted: media.write.");
    }
}
