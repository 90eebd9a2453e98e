//! Shapes that tell states apart without colour.

use leptos::prelude::*;

/// The inside of a 16 by 16 drawing; `cut-line` and `cut-fill` take the colour behind the mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarkShape(&'static str);

impl MarkShape {
    /// Not begun.
    pub const DASHED_RING: Self = Self(
        "<circle cx='8' cy='8' r='6.2' fill='none' stroke='currentColor' stroke-width='1.6' stroke-dasharray='2.6 2.27'/>",
    );
    /// Waits for somebody.
    pub const HALF_DISC: Self = Self(
        "<circle cx='8' cy='8' r='6.2' fill='none' stroke='currentColor' stroke-width='1.6'/><path d='M8 4a4 4 0 0 1 0 8z' fill='currentColor'/>",
    );
    /// Will happen at a time.
    pub const CLOCK: Self = Self(
        "<circle cx='8' cy='8' r='6.2' fill='none' stroke='currentColor' stroke-width='1.6'/><path d='M8 4.6V8l2.3 1.5' fill='none' stroke='currentColor' stroke-width='1.6' stroke-linecap='round' stroke-linejoin='round'/>",
    );
    /// Under way; the arc turns.
    pub const ARC: Self = Self(
        "<circle cx='8' cy='8' r='6.2' fill='none' stroke='currentColor' stroke-width='1.6' opacity='.28'/><path class='arc' d='M8 1.8A6.2 6.2 0 0 1 14.2 8' fill='none' stroke='currentColor' stroke-width='2' stroke-linecap='round'/><path d='M8 10.8V5.4M5.7 7.5 8 5.2l2.3 2.3' fill='none' stroke='currentColor' stroke-width='1.5' stroke-linecap='round' stroke-linejoin='round'/>",
    );
    /// Done.
    pub const TICK: Self = Self(
        "<circle cx='8' cy='8' r='7' fill='currentColor' opacity='.18'/><path d='m4.9 8.3 2.1 2.1 4.1-4.5' fill='none' stroke='currentColor' stroke-width='1.8' stroke-linecap='round' stroke-linejoin='round'/>",
    );
    /// Stopped.
    pub const OCTAGON: Self = Self(
        "<path d='M5.1 1h5.8L15 5.1v5.8L10.9 15H5.1L1 10.9V5.1z' fill='currentColor' stroke='currentColor' stroke-linejoin='round'/><path d='m5.6 5.6 4.8 4.8m0-4.8-4.8 4.8' class='cut-line' stroke-width='1.8' stroke-linecap='round'/>",
    );
    /// Nobody knows yet.
    pub const DIAMOND: Self = Self(
        "<path d='M8 .6 15.4 8 8 15.4.6 8z' fill='currentColor' stroke='currentColor' stroke-width='.8' stroke-linejoin='round'/><path d='M6.2 6.3A1.85 1.85 0 0 1 8 4.9c1 0 1.9.7 1.9 1.7 0 1.3-1.8 1.4-1.8 2.5' fill='none' class='cut-line' stroke-width='1.5' stroke-linecap='round'/><circle cx='8.1' cy='11.2' r='.95' class='cut-fill'/>",
    );
    /// Asks for a look.
    pub const TRIANGLE: Self = Self(
        "<path d='M8 1.4 15.2 14H.8z' fill='none' stroke='currentColor' stroke-width='1.6' stroke-linejoin='round'/><path d='M8 6v3.2l1.9 1.2' fill='none' stroke='currentColor' stroke-width='1.5' stroke-linecap='round' stroke-linejoin='round'/>",
    );
    /// Called off.
    pub const STRUCK_RING: Self = Self(
        "<circle cx='8' cy='8' r='6.2' fill='none' stroke='currentColor' stroke-width='1.6'/><path d='m3.8 12.2 8.4-8.4' stroke='currentColor' stroke-width='1.6'/>",
    );
}

impl MarkShape {
    /// The drawing's inside, for a `symbol` that many marks refer to.
    pub const fn inside(self) -> &'static str {
        self.0
    }
}

/// A state's mark. Its colour follows from the nearest `data-state`; the words beside it say the same.
#[component]
pub fn Mark(shape: MarkShape) -> impl IntoView {
    view! { <svg class="mark" viewBox="0 0 16 16" aria-hidden="true" inner_html=shape.0></svg> }
}
