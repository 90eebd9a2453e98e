use super::board::Board;
use super::cell::Cell;
use super::drag::Drag;
use super::keyboard;
use super::peek::{Peek, PeekCard};
use super::toolbar::title;
use crate::components::StateBadge;
use crate::format;
use crate::state::use_words;
use chrono::Datelike;
use leptos::prelude::*;
use model::TargetState;
use model::calendar::{CalendarDay, Span};

/// A finger that presses has no rest to show.
const MOUSE: &str = "mouse";

/// The weeks of a month, or one week; on phones the days that have posts, below each other.
#[component]
pub(super) fn Month(board: Board) -> impl IntoView {
    let on = board.on();
    let words = use_words();
    let w = words.calendar();
    let days = board.days();
    let weekdays = days
        .iter()
        .take(7)
        .map(|(date, _)| view! { <span>{format::weekday(words.0, *date)}</span> })
        .collect_view();
    let of_month = board.asked().span == Span::Month;
    let own: Vec<RwSignal<CalendarDay>> = days
        .iter()
        .filter(|(date, _)| !of_month || date.month() == on.month())
        .map(|(_, day)| *day)
        .collect();
    let own = StoredValue::new(own);
    let total = Memo::new(move |_| {
        own.with_value(|own| own.iter().map(|day| day.with(|day| u64::from(day.total))).sum::<u64>())
    });
    let name = title(words, board.asked().span, on);
    let label = move || w.days_label(&name, &w.posts(total.get()));
    let cells = days
        .into_iter()
        .map(|(date, day)| {
            let outside = of_month && date.month() != on.month();
            view! { <Cell board date day outside /> }
        })
        .collect_view();
    let drag = Drag::new(board);
    let peek = Peek::new(drag);
    show_today_on_phones(board);
    Effect::new(move || {
        // Also while the focus is elsewhere.
        let listener = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() == "Escape" {
                peek.close();
            }
        });
        on_cleanup(move || listener.remove());
    });
    view! {
        <div class="weekdays" aria-hidden="true">
            {weekdays}
        </div>
        <ol
            class="month"
            class:is-week=!of_month
            aria-label=label
            on:pointerdown=move |event| {
                peek.close();
                keyboard::leave(board);
                drag.down(&event);
            }
            on:pointerover=move |event| {
                if event.pointer_type() == MOUSE && !drag.is_lifted() {
                    peek.came(event.target());
                }
            }
            on:pointerleave=move |_| peek.close()
            on:focusin=move |event| peek.came(event.target())
            on:focusout=move |_| {
                peek.close();
                keyboard::leave(board);
            }
            // Links have a dragging of their own.
            on:dragstart=move |event| event.prevent_default()
            on:contextmenu=move |event| drag.context_menu(&event)
            on:pointermove=move |event| drag.moved(&event)
            on:pointerup=move |event| {
                if drag.is_lifted() {
                    peek.put_down(event.target());
                }
                drag.up(&event);
            }
            on:pointercancel=move |_| drag.cancel()
            on:touchmove=move |event| {
                if drag.is_lifted() {
                    event.prevent_default();
                }
            }
            on:click=move |event| drag.click(&event)
            on:keydown=move |event| {
                peek.close();
                keyboard::press(board, drag, &event);
            }
        >
            {cells}
        </ol>
        <PeekCard peek />
        <p class="visually-hidden" role="status" aria-live="assertive">
            {move || board.said.get()}
        </p>
        <div class="under">
            {move || (total.get() == 0).then(|| view! { <p class="muted">{w.nothing_planned()}</p> })}
            {board.allowed().then(|| view! { <p class="muted small only-wide">{w.how_to_move()}</p> })}
            <ul class="key" aria-label=w.states_key()>
                {TargetState::ALL
                    .into_iter()
                    .filter(|state| !matches!(state, TargetState::Draft | TargetState::AwaitingApproval))
                    .map(|state| view! { <li><StateBadge state /></li> })
                    .collect_view()}
            </ul>
        </div>
    }
    .into_any()
}

/// On phones the days of a month stand below each other: it opens where today is, unless the person has scrolled.
fn show_today_on_phones(board: Board) {
    Effect::new(move || {
        let narrow = window().match_media(PHONE).ok().flatten().is_some_and(|query| query.matches());
        let untouched = window().scroll_y().is_ok_and(|y| y < 1.0);
        if narrow && untouched && board.asked().on.is_none() {
            let today = document().get_element_by_id(&format!("d{}", board.today()));
            if let Some(today) = today {
                today.scroll_into_view();
            }
        }
    });
}

/// Where the style sheet makes one column of the days.
const PHONE: &str = "(max-width: 719px)";
