//! Every word that people read, in English and French, by area. Views hold none (`tests/it/words.rs` looks).
//!
//! A key stands on one line with both languages, so that a missing one doesn't compile:
//!
//! ```text
//! words! {
//!     /// The sign-in page.
//!     SignIn {
//!         title: "Sign in" | "Se connecter";
//!         welcome(name): "Welcome, {name}" | "Bienvenue, {name}";
//!         waiting[posts]: "{posts} post waits" / "{posts} posts wait"
//!             | "{posts} publication attend" / "{posts} publications attendent";
//!     }
//! }
//! ```
//!
//! The first form returns `&'static str`; with arguments (each `&str`) or a count (`u64`, singular / plural) it returns
//! `String`. French puts a no-break space before `:` (U+00A0) and `;`, `!`, `?` (U+202F); write them as `\u{a0}` and
//! `\u{202f}`.

mod error_words;
mod locale;
mod metric_words;

pub use error_words::{ErrorWords, describe, field_fault, problem_text, role_name};
pub use locale::Locale;

macro_rules! words {
    ($(#[$doc:meta])* $area:ident { $($body:tt)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $area(pub(super) crate::words::Locale);
        impl $area {
            words!(@keys $($body)*);
        }
    };
    (@keys) => {};
    (@keys $key:ident : $en:literal | $fr:literal ; $($rest:tt)*) => {
        #[doc = $en]
        pub const fn $key(self) -> &'static str {
            match self.0 {
                crate::words::Locale::En => $en,
                crate::words::Locale::Fr => $fr,
            }
        }
        words!(@keys $($rest)*);
    };
    (@keys $key:ident ( $($arg:ident),+ ) : $en:literal | $fr:literal ; $($rest:tt)*) => {
        #[doc = $en]
        pub fn $key(self, $($arg: &str),+) -> String {
            match self.0 {
                crate::words::Locale::En => format!($en),
                crate::words::Locale::Fr => format!($fr),
            }
        }
        words!(@keys $($rest)*);
    };
    (@keys $key:ident [ $count:ident ] : $one:literal / $many:literal | $un:literal / $des:literal ; $($rest:tt)*) => {
        #[doc = $many]
        pub fn $key(self, $count: u64) -> String {
            let singular = self.0.is_singular($count);
            let $count = crate::format::count(self.0, $count);
            match (self.0, singular) {
                (crate::words::Locale::En, true) => format!($one),
                (crate::words::Locale::En, false) => format!($many),
                (crate::words::Locale::Fr, true) => format!($un),
                (crate::words::Locale::Fr, false) => format!($des),
            }
        }
        words!(@keys $($rest)*);
    };
}

macro_rules! areas {
    ($($module:ident :: $area:ident),+ $(,)?) => {
        $(mod $module; pub use $module::$area;)+

        impl Words {
            $(
                #[doc = concat!("Words of the area `", stringify!($module), "`.")]
                pub const fn $module(self) -> $area {
                    $area(self.0)
                }
            )+
        }
    };
}

/// The words of one language. Get it by [`crate::state::use_words`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Words(pub Locale);

areas! {
    accounts::Accounts,
    analytics::Analytics,
    calendar::Calendar,
    charts::Charts,
    common::Common,
    composer::Composer,
    errors::Errors,
    frame::Frame,
    home::Home,
    invite::Invite,
    media::Media,
    metrics::Metrics,
    operations::Operations,
    palette::Palette,
    post_states::PostStates,
    posts::Posts,
    problems::Problems,
    reset::Reset,
    settings::Settings,
    setup::Setup,
    sign_in::SignIn,
    states::States,
    team::Team,
}
