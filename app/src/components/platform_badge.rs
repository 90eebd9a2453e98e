use leptos::prelude::*;
use model::Platform;

/// The inside of a 16 by 16 monochrome drawing of a platform's mark.
pub const fn platform_glyph(platform: Platform) -> &'static str {
    match platform {
        Platform::Instagram => {
            "<path fill-rule='evenodd' d='M5 1h6a4 4 0 0 1 4 4v6a4 4 0 0 1-4 4H5a4 4 0 0 1-4-4V5a4 4 0 0 1 4-4zm0 1.8A2.2 2.2 0 0 0 2.8 5v6A2.2 2.2 0 0 0 5 13.2h6a2.2 2.2 0 0 0 2.2-2.2V5A2.2 2.2 0 0 0 11 2.8zM8 4.5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zm0 1.8a1.7 1.7 0 1 0 0 3.4 1.7 1.7 0 0 0 0-3.4z'/><circle cx='11.7' cy='4.3' r='.95'/>"
        }
        Platform::Facebook => {
            "<path d='M9.2 15.5V9.1h2.3l.4-2.8H9.2V4.7c0-.9.4-1.4 1.5-1.4h1.3V.8A14 14 0 0 0 10 .6C7.8.6 6.4 1.9 6.4 4.2v2.1H4v2.8h2.4v6.4z'/>"
        }
        Platform::X => {
            "<path fill-rule='evenodd' d='M.9 1.2h4.4l3.4 4.7 4.1-4.7h1.9L9.6 7.1l5.6 7.7h-4.4L7.1 9.7l-4.4 5.1H.8l5.4-6.3zm2.7 1.5 8 10.6h1L4.6 2.7z'/>"
        }
        Platform::LinkedIn => {
            "<path d='M1.4 5.6h2.9v9H1.4zM2.9 1.2a1.7 1.7 0 1 1 0 3.4 1.7 1.7 0 0 1 0-3.4zM6 5.6h2.8v1.3c.5-.9 1.5-1.5 2.8-1.5 2.4 0 3.3 1.5 3.3 4v5.2H12V9.9c0-1.3-.4-2.1-1.5-2.1s-1.6.8-1.6 2.1v4.7H6z'/>"
        }
        Platform::TikTok => {
            "<path d='M8.3.8h2.5c.2 2 1.4 3.300 3.400 3.500v2.500c-1.300 0-2.400-.4-3.400-1.100v4.900a4.700 4.700 0 1 1-5.300-4.650v2.600a2.150 2.150 0 1 0 2.800 2.050z'/>"
        }
        Platform::YouTube => {
            "<path fill-rule='evenodd' d='M2.600 3h10.800A2.100 2.100 0 0 1 15.500 5.100v5.800a2.100 2.100 0 0 1-2.100 2.100H2.600A2.100 2.100 0 0 1 .5 10.900V5.100A2.100 2.100 0 0 1 2.600 3zm3.800 2.500v5l4.300-2.500z'/>"
        }
        Platform::Bluesky => {
            "<path d='M8 7.200C7.300 5.800 5.300 3.300 3.500 2 1.800.8 0 1 0 3.100c0 .9.500 4.100.8 4.700.6 1.400 2 1.800 3.500 1.600-2.500.4-3.300 1.900-1.600 3.500C5.300 15.300 7.300 12 8 10.300c.7 1.700 2.600 5 5.300 2.600 1.700-1.600.9-3.100-1.600-3.500 1.500.2 2.900-.2 3.500-1.600.3-.6.8-3.800.8-4.700C16 1 14.200.8 12.500 2 10.700 3.300 8.700 5.800 8 7.200z'/>"
        }
    }
}

/// How large a badge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum BadgeSize {
    /// 15 px, on a face or in a line.
    #[default]
    Small,
    /// 20 px, at the head of a line.
    Medium,
    /// 28 px, on the page that connects.
    Large,
}

/// A platform's mark on its colour. Its name is the accessible name, unless `silent` because it stands beside it.
#[component]
pub fn PlatformBadge(
    platform: Platform,
    #[prop(optional)] size: BadgeSize,
    #[prop(optional)] silent: bool,
) -> impl IntoView {
    let class = match size {
        BadgeSize::Small => "pf",
        BadgeSize::Medium => "pf is-20",
        BadgeSize::Large => "pf is-28",
    };
    view! {
        <span
            class=class
            data-platform=platform.key()
            role=(!silent).then_some("img")
            aria-label=(!silent).then_some(platform.name())
            aria-hidden=silent.then_some("true")
            title=(!silent).then_some(platform.name())
        >
            <PlatformGlyph platform />
        </span>
    }
}

/// A platform's mark alone, in the colour of the text.
#[component]
pub fn PlatformGlyph(platform: Platform) -> impl IntoView {
    view! { <svg class="glyph" viewBox="0 0 16 16" aria-hidden="true" inner_html=platform_glyph(platform)></svg> }
}
