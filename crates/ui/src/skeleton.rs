use leptos::prelude::*;

/// A bar in place of a text that is loading; `width` in percent of its place.
#[component]
pub fn Skeleton(#[prop(default = 100)] width: u8) -> impl IntoView {
    view! { <span class="skeleton" style=("width", format!("{width}%")) aria-hidden="true"></span> }
}

/// A list that is loading: `rows` lines of a mark and two bars, with `label` for assistive technology.
#[component]
pub fn SkeletonRows(#[prop(into)] label: Signal<String>, #[prop(default = 5)] rows: u8) -> impl IntoView {
    let line = |row: u8| {
        view! {
            <li>
                <span class="skeleton is-dot" aria-hidden="true"></span>
                <Skeleton width=[62, 48, 70, 54][usize::from(row % 4)] />
                <Skeleton width=[80, 60, 70, 50][usize::from(row % 4)] />
            </li>
        }
    };
    view! {
        <div role="status">
            <span class="visually-hidden">{label}</span>
            <ul class="skeleton-rows">{(0..rows).map(line).collect_view()}</ul>
        </div>
    }
}
