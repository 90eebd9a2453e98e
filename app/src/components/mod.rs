//! What two or more pages share.

mod account_badge;
mod asking_dialog;
mod brand;
mod counter;
mod document_title;
mod entry_page;
mod error_view;
pub mod frame;
mod loaded;
mod local_time_view;
pub mod media_tray;
mod no_workspace;
mod page;
mod platform_badge;
pub mod post_preview;
mod preferences;
mod promise;
mod state_badge;
mod told;

pub use account_badge::AccountBadge;
pub use asking_dialog::{AskingDialog, DialogOpener};
pub use brand::{Brand, BrandMark};
pub use counter::PlatformCounter;
pub use entry_page::EntryPage;
pub use error_view::{ErrorBanner, ErrorView, NotFound, NotFoundEntry, form_error};
pub use frame::{Frame, UnknownAddress};
pub use loaded::Loaded;
pub use local_time_view::LocalTimeView;
pub use no_workspace::NoWorkspace;
pub use page::Page;
pub use platform_badge::{BadgeSize, PlatformBadge, PlatformGlyph, platform_glyph};
pub use preferences::{LanguageChoice, ThemeChoice};
pub use promise::Promise;
pub use state_badge::{StateBadge, state_mark};
pub use told::{PlainFormError, error_at_first, tell, tell_in_tone};
