use leptos::prelude::*;

/// A bar in place of a text that is loading; `width` in percent of its place.
#[component]
pub fn Skeleton(#[prop(default = 100)] width: u8) -> impl IntoView {
    view! { <span class="skeleton" style=("width", format!("{width}%")) aria-hidden="true"></span> }
}

/// A box in place of a picture, a field or a chart; `height` in CSS pixels.
#[component]
pub fn SkeletonBox(height: u16) -> impl IntoView {
    view! { <span class="skeleton is-box" style=("height", format!("{height}px")) aria-hidden="true"></span> }
}

/// The lines of a list that is loading: each a mark and two bars.
#[component]
pub fn SkeletonLines(#[prop(default = 5)] rows: u8) -> impl IntoView {
    let line = |row: u8| {
        view! {
            <li>
                <span class="skeleton is-dot" aria-hidden="true"></span>
                <Skeleton width=[62, 48, 70, 54][usize::from(row % 4)] />
                <Skeleton width=[80, 60, 70, 50][usize::from(row % 4)] />
            </li>
        }
    };
    view! { <ul class="skeleton-rows" aria-hidden="true">{(0..rows).map(line).collect_view()}</ul> }
}

/// What stands for a page or a part of one while it loads: `label` for assistive technology, the children for the eye.
#[component]
pub fn Loading(#[prop(into)] label: Signal<String>, children: Children) -> impl IntoView {
    view! {
        <div class="skeleton-page" role="status">
            <span class="visually-hidden">{label}</span>
            {children()}
        </div>
    }
    .into_any()
}

/// A list that is loading, with `label` for assistive technology.
#[component]
pub fn SkeletonRows(#[prop(into)] label: Signal<String>, #[prop(default = 5)] rows: u8) -> impl IntoView {
    view! {
        <Loading label>
            <SkeletonLines rows />
        </Loading>
    }
}
