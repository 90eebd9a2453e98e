use super::Palette;
use super::entry::{Entry, Group, Sign, Step};
use super::marked::Marked;
use crate::components::{PlatformBadge, state_mark};
use crate::state::use_words;
use crate::words::describe;
use leptos::html;
use leptos::prelude::*;
use model::ApiError;
use ui::{Icon, Mark, SkeletonRows};
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

/// The id of a row's element.
pub(super) fn row_id(row: usize) -> String {
    format!("palette-row-{row}")
}

/// The groups with their rows. The focus stays in the field, which says which row is active.
#[component]
pub(super) fn Rows(palette: Palette) -> impl IntoView {
    let w = use_words().palette();
    let groups = move || {
        let mut before = 0;
        palette
            .groups
            .get()
            .into_iter()
            .map(|group| {
                let first = before;
                before += group.entries.len();
                view! { <Rowed palette group first /> }
            })
            .collect_view()
    };
    view! {
        <div
            class="palette-rows"
            id="palette-rows"
            role="listbox"
            aria-label=w.results()
            hidden=move || palette.count() == 0
            // Without taking the focus from the field.
            on:mousedown=|event| event.prevent_default()
        >
            {groups}
        </div>
    }
    .into_any()
}

#[component]
fn Rowed(palette: Palette, group: Group, first: usize) -> impl IntoView {
    let heading = format!("palette-group-{first}");
    let rows = group.entries.into_iter().zip(first..).map(|(entry, row)| {
        view! { <Row palette entry row /> }
    });
    view! {
        <div role="group" aria-labelledby=heading.clone()>
            <p class="palette-title" id=heading.clone() role="presentation">
                {group.title}
            </p>
            {rows.collect_view()}
        </div>
    }
    .into_any()
}

#[component]
fn Row(palette: Palette, entry: Entry, row: usize) -> impl IntoView {
    let Entry { sign, label, detail, act } = entry;
    let element = NodeRef::<html::Div>::new();
    let active = Memo::new(move |_| palette.active_row() == Some(row));
    Effect::new(move || {
        if let Some(element) = element.get().filter(|_| active.get()) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&options);
        }
    });
    let sign = match sign {
        Sign::Icon(shape) => view! { <Icon shape /> }.into_any(),
        Sign::Platform(platform) => view! { <PlatformBadge platform /> }.into_any(),
        Sign::State(state) => {
            view! { <span data-state=state.key()><Mark shape=state_mark(state) /></span> }.into_any()
        }
    };
    // The same row stays while one types on, with more of it marked.
    let marked = move || {
        let looked_for = palette.finding.text.with(|text| text.trim().to_owned());
        view! { <Marked text=label.clone() looked_for /> }
    };
    view! {
        <div
            class="palette-row"
            id=row_id(row)
            role="option"
            aria-selected=move || if active.get() { "true" } else { "false" }
            node_ref=element
            on:pointermove=move |_| {
                if !active.get_untracked() {
                    palette.active.set(row);
                }
            }
            on:click=move |_| palette.take.run(act.clone())
        >
            {sign}
            <span class="clip" dir="auto">
                {marked}
            </span>
            <span class="palette-detail clip" dir="auto">
                {detail}
            </span>
        </div>
    }
    .into_any()
}

/// What there is instead of rows, or beside them: that it looks, that nothing was found, or what went wrong.
#[component]
pub(super) fn Outcome(palette: Palette) -> impl IntoView {
    let words = use_words();
    let w = words.palette();
    let finding = palette.finding;
    let nothing = move || {
        let text = finding.text.with(|text| text.trim().to_owned());
        match finding.step.get() {
            Step::Sync if text.is_empty() => w.no_accounts().to_owned(),
            _ => w.nothing(&text),
        }
    };
    let told = move || {
        let found = palette.count() > 0;
        if let Some(error) = finding.fault.get() {
            let text = match error {
                ApiError::Transport { .. } => w.away().to_owned(),
                error => describe(words, &error).text,
            };
            view! { <p class="palette-note" data-state="failed">{text}</p> }.into_any()
        } else if finding.waiting.get() && !found {
            view! {
                <div class="palette-note">
                    <SkeletonRows label=words.common().loading() rows=3 />
                </div>
            }
            .into_any()
        } else if finding.waiting.get() {
            ().into_any()
        } else if found {
            let number = u64::try_from(palette.count()).unwrap_or_default();
            view! { <p class="visually-hidden">{w.number(number)}</p> }.into_any()
        } else {
            view! { <p class="palette-note">{nothing()}</p> }.into_any()
        }
    };
    view! { <div role="status">{told}</div> }.into_any()
}

/// The keys, for who has some.
#[component]
pub(super) fn Hints() -> impl IntoView {
    let w = use_words().palette();
    let hints = [(MOVE, w.hint_move()), (TAKE, w.hint_take()), (LEAVE, w.hint_leave())];
    view! {
        <p class="palette-hints" aria-hidden="true">
            {hints.map(|(key, what)| view! { <span><kbd>{key}</kbd>{what}</span> }).collect_view()}
        </p>
    }
}

const MOVE: &str = "↑↓";
const TAKE: &str = "↵";
const LEAVE: &str = "Esc";
