use crate::state::use_words;
use leptos::prelude::*;

/// Fanfare's mark: a horn and its sound.
const MARK: &str = "<path d='M2 10.200h5.200c4.200 0 7-2.400 9.800-6.200v16c-2.800-3.800-5.600-6.200-9.800-6.200H2z' fill='currentColor' stroke='none'/><path d='M20.300 8.800c1.600 1.900 1.600 4.500 0 6.400' fill='none' stroke='currentColor' stroke-width='2' stroke-linecap='round'/>";

/// The mark alone.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=MARK></svg> }
}

/// The mark and the name.
#[component]
pub fn Brand() -> impl IntoView {
    view! {
        <p class="brand">
            <BrandMark />
            {use_words().common().product()}
        </p>
    }
}
