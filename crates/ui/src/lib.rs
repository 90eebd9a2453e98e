//! Leptos primitives in Fanfare's look: one component a file, styled by the partial of the same name in
//! `style/components`. They know nothing of posts or platforms and hold no words: texts come as props, already in the
//! reader's language. Everything renders usefully without wasm.

#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]
#![expect(unreachable_pub, reason = "leptos's component macro repeats `pub` on a function of its own")]

mod avatar;
mod badge;
mod banner;
mod button;
mod checkbox;
mod dialog;
mod empty_state;
mod field;
mod field_frame;
pub mod icon;
mod mark;
mod menu;
mod select;
mod skeleton;
mod table;
mod tabs;
mod tag;
mod text_area;
mod toast;
mod tone;

pub use avatar::{Avatar, initials};
pub use badge::Badge;
pub use banner::Banner;
pub use button::{Button, ButtonKind, ButtonLink, IconButton};
pub use checkbox::Checkbox;
pub use dialog::Dialog;
pub use empty_state::EmptyState;
pub use field::Field;
pub use icon::{Icon, IconShape, lucide};
pub use mark::{Mark, MarkShape};
pub use menu::{Menu, leave_menu};
pub use select::{Choice, Select};
pub use skeleton::{Loading, Skeleton, SkeletonBox, SkeletonLines, SkeletonRows};
pub use table::{Column, Table};
pub use tabs::{TabButton, TabLink, TabList, Tabs};
pub use tag::Tag;
pub use text_area::TextArea;
pub use toast::{Toast, ToastAction, ToastHost, Toasts};
pub use tone::Tone;
