use super::area::{Area, Corner, Ratio};
use crate::state::use_words;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use web_sys::{HtmlElement, PointerEvent};

/// An arrow key moves by this share of the image's side, with Shift by ten times as much.
const STEP: f64 = 0.01;

const CORNERS: [Corner; 4] = [
    Corner { right: false, lower: false },
    Corner { right: true, lower: false },
    Corner { right: false, lower: true },
    Corner { right: true, lower: true },
];

/// What a pointer holds: a corner, or the whole frame; and where it was last, in CSS pixels.
#[derive(Clone, Copy)]
struct Held {
    corner: Option<Corner>,
    x: i32,
    y: i32,
}

/// The image with a frame over it, which is moved and resized by pointer, touch and arrow keys.
#[component]
pub(super) fn Stage(
    src: String,
    /// Of the image, in pixels.
    size: (u32, u32),
    area: RwSignal<Area>,
    ratio: RwSignal<Ratio>,
    /// The id of what explains the keys.
    explained: String,
) -> impl IntoView {
    let w = use_words().media();
    let stage = NodeRef::<html::Div>::new();
    let held = StoredValue::new(None::<Held>);
    let (width, height) = (f64::from(size.0.max(1)), f64::from(size.1.max(1)));
    let change = move |corner: Option<Corner>, right: f64, down: f64| {
        area.update(|area| {
            *area = match corner {
                None => area.moved(right, down),
                Some(corner) => area.resized(corner, right, down, ratio.get_untracked()),
            }
        });
    };
    let down = move |corner: Option<Corner>| {
        move |event: PointerEvent| {
            if event.button() != 0 || !event.is_primary() {
                return;
            }
            held.set_value(Some(Held { corner, x: event.client_x(), y: event.client_y() }));
            if let Some(handle) = event.current_target().and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
                // Fails for a pointer that is gone: then its end is told, too.
                drop(handle.set_pointer_capture(event.pointer_id()));
            }
        }
    };
    let moved = move |event: PointerEvent| {
        let (Some(Held { corner, x, y }), Some(stage)) = (held.get_value(), stage.get_untracked()) else {
            return;
        };
        let shown = stage.get_bounding_client_rect();
        if shown.width() > 0.0 && shown.height() > 0.0 {
            let right = f64::from(event.client_x() - x) * width / shown.width();
            let down = f64::from(event.client_y() - y) * height / shown.height();
            change(corner, right, down);
            held.set_value(Some(Held { corner, x: event.client_x(), y: event.client_y() }));
        }
    };
    let let_go = move |_: PointerEvent| held.set_value(None);
    let press = move |corner: Option<Corner>| {
        move |event: KeyboardEvent| {
            let step = if event.shift_key() { STEP * 10.0 } else { STEP };
            let (right, down) = match event.key().as_str() {
                "ArrowLeft" => (-1.0, 0.0),
                "ArrowRight" => (1.0, 0.0),
                "ArrowUp" => (0.0, -1.0),
                "ArrowDown" => (0.0, 1.0),
                _ => return,
            };
            event.prevent_default();
            change(corner, right * (width * step).max(1.0), down * (height * step).max(1.0));
        }
    };
    let percent = |part: f64, whole: f64| format!("{:.3}%", part / whole * 100.0);
    let handles = CORNERS.map(|corner| {
        let label = match (corner.lower, corner.right) {
            (false, false) => w.corner_top_left(),
            (false, true) => w.corner_top_right(),
            (true, false) => w.corner_bottom_left(),
            (true, true) => w.corner_bottom_right(),
        };
        view! {
            <button
                class="crop-handle"
                class:is-right=corner.right
                class:is-lower=corner.lower
                type="button"
                aria-label=label
                aria-describedby=explained.clone()
                on:pointerdown=down(Some(corner))
                on:keydown=press(Some(corner))
            ></button>
        }
    });
    view! {
        <div
            class="crop-stage"
            node_ref=stage
            on:pointermove=moved
            on:pointerup=let_go
            on:pointercancel=let_go
            style=("--x", move || percent(area.get().x, width))
            style=("--y", move || percent(area.get().y, height))
            style=("--w", move || percent(area.get().width, width))
            style=("--h", move || percent(area.get().height, height))
        >
            <img src=src alt="" width=size.0 height=size.1 draggable="false" />
            <div class="crop-area">
                <button
                    class="crop-frame"
                    type="button"
                    aria-label=w.crop_frame()
                    aria-describedby=explained.clone()
                    on:pointerdown=down(None)
                    on:keydown=press(None)
                ></button>
                {handles.collect_view()}
            </div>
        </div>
    }
    .into_any()
}
