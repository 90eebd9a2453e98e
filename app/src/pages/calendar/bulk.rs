use super::board::Board;
use crate::state::use_words;
use chrono::NaiveDate;
use leptos::html;
use leptos::prelude::*;
use ui::{Button, ButtonKind, IconButton, lucide};

/// What is done with the marked posts together; it is there while there are any.
#[component]
pub(super) fn BulkBar(board: Board) -> impl IntoView {
    let any = Memo::new(move |_| board.marked.number() > 0);
    move || any.get().then(|| view! { <Bar board /> })
}

#[component]
fn Bar(board: Board) -> impl IntoView {
    let w = use_words().calendar();
    let number = move || w.marked(board.marked.number() as u64);
    let shift = move |days: i64, label: &'static str| {
        view! {
            <Button small=true on_press=move |_| board.shift_marked(days)>
                {label}
            </Button>
        }
    };
    let date = NodeRef::<html::Input>::new();
    let begin = move |_| {
        let Some(date) = date.get_untracked() else { return };
        if let Ok(chosen) = date.value().parse::<NaiveDate>() {
            board.begin_marked_on(chosen);
            // A field with something in it keeps the page from being asked for again.
            date.set_value("");
        }
    };
    view! {
        <div class="bulk" role="toolbar" aria-label=w.marked_posts()>
            <IconButton
                icon=lucide::X
                label=w.unmark()
                kind=ButtonKind::Quiet
                small=true
                on_press=move |_| board.unmark()
            />
            <b class="num">{number}</b>
            <span class="bulk-days push">
                {shift(-7, w.week_earlier())} {shift(-1, w.day_earlier())} {shift(1, w.day_later())}
                {shift(7, w.week_later())}
            </span>
            <label class="bulk-date">
                <span>{w.begin_on()}</span>
                <input class="input" type="date" min=board.today().to_string() node_ref=date />
            </label>
            <Button small=true on_press=begin>
                {w.move_there()}
            </Button>
        </div>
    }
    .into_any()
}
