use super::board::{Board, Place};
use super::bulk::BulkBar;
use super::crowd::{Crowd, CrowdCard};
use super::drag::{Drag, chip_of, place_of, take};
use super::keyboard;
use super::landing::quarter_at;
use super::peek::{Peek, PeekCard};
use crate::components::StateBadge;
use crate::format;
use crate::state::{use_over_page, use_words};
use chrono::NaiveDateTime;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use model::TargetState;
use web_sys::MouseEvent;

/// A finger that presses has no rest to show.
const MOUSE: &str = "mouse";

/// What can be done on the days, however they are laid out: posts are dragged, lifted by keys, marked and looked at; numbers open; and an
/// empty hour is composed for.
#[component]
pub(super) fn Surface(board: Board, children: Children) -> impl IntoView {
    let words = use_words();
    let w = words.calendar();
    let drag = Drag::new(board);
    let peek = Peek::new(drag);
    let crowd = Crowd::new(board);
    let navigate = use_navigate();
    let over = use_over_page();
    let total = Memo::new(move |_| {
        board.days().iter().map(|(_, day)| day.with(|day| u64::from(day.total))).sum::<u64>()
    });
    Effect::new(move || {
        // Also while the focus is elsewhere.
        let listener = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() == "Escape" {
                peek.close();
            }
        });
        on_cleanup(move || listener.remove());
    });
    let click = move |event: MouseEvent| {
        drag.click(&event);
        if event.default_prevented() {
            return;
        }
        let chosen = event.shift_key() || event.ctrl_key() || event.meta_key();
        if let Some(place) = marking(board, &event).filter(|_| chosen) {
            take(&event);
            board.mark(place);
        } else if chosen {
            // The browser opens links elsewhere.
        } else if crowd.open_from(event.target()) {
            take(&event);
        } else if let Some(at) = composing(board, &event) {
            let sheet = compose_address(at);
            if !over.open(&sheet) {
                navigate(&sheet, NavigateOptions { scroll: false, ..NavigateOptions::default() });
            }
        }
    };
    view! {
        <div
            class="surface"
            on:pointerdown=move |event| {
                peek.close();
                keyboard::leave(board);
                board.follow(None);
                drag.down(&event);
            }
            on:pointerover=move |event| {
                if event.pointer_type() == MOUSE && !drag.is_lifted() {
                    peek.came(event.target());
                }
            }
            on:pointerleave=move |_| {
                peek.close();
                board.hint(None);
            }
            on:focusin=move |event| {
                board.turned_to(event.target());
                peek.came(event.target());
            }
            on:focusout=move |_| {
                peek.close();
                keyboard::leave(board);
            }
            // Links have a dragging of their own.
            on:dragstart=move |event| event.prevent_default()
            on:contextmenu=move |event| drag.context_menu(&event)
            on:pointermove=move |event| {
                drag.moved(&event);
                let free = event.pointer_type() == MOUSE && !drag.is_lifted();
                board.hint(composing(board, &event).filter(|_| free));
            }
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
            on:click=click
            on:keydown=move |event| {
                peek.close();
                keyboard::press(board, drag, &event);
            }
        >
            {children()}
        </div>
        <PeekCard peek />
        <CrowdCard crowd />
        <BulkBar board />
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

/// The post that a press would mark.
fn marking(board: Board, event: &MouseEvent) -> Option<Place> {
    chip_of(event.target()).and_then(|chip| place_of(&chip)).filter(|_| board.allowed())
}

/// The quarter of an hour that a press would compose for: an empty one to come.
fn composing(board: Board, event: &MouseEvent) -> Option<NaiveDateTime> {
    let now = board.now.with_untracked(|now| now.local);
    quarter_at(event.target(), event.client_y()).filter(|at| board.allowed() && *at > now)
}

/// The composer, with that time filled in.
fn compose_address(at: NaiveDateTime) -> String {
    format!("/compose?on={}&at={}", at.date(), format::time(at.time()))
}
