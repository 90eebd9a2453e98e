use super::Written;
use charts::Lines;
use leptos::html::Div;
use leptos::prelude::*;

/// Where the lines are drawn: room of their height at once, the lines when ECharts has come.
#[component]
pub(super) fn Plot(
    place: NodeRef<Div>,
    lines: Signal<Lines>,
    written: Signal<Written>,
    /// What is seen, in a sentence.
    label: Signal<String>,
    /// CSS pixels.
    height: u32,
    /// ECharts couldn't be loaded.
    failed: RwSignal<bool>,
) -> impl IntoView {
    #[cfg(feature = "hydrate")]
    drawing::keep_drawn(place, lines, written, failed);
    #[cfg(not(feature = "hydrate"))]
    let _ = (lines, written, failed);
    view! { <div class="plot" node_ref=place role="img" aria-label=label style=format!("--plot-h: {height}px")></div> }
}

#[cfg(feature = "hydrate")]
mod drawing {
    use super::super::{colours, echarts};
    use super::*;
    use leptos::wasm_bindgen::JsCast;
    use leptos::wasm_bindgen::closure::Closure;
    use std::time::Duration;
    use web_sys::{HtmlElement, MutationObserver, MutationObserverInit, ResizeObserver};

    /// Below this width, in CSS pixels, lines have no names at their ends.
    const NARROW: i32 = 560;

    /// Draws the lines whenever they, the width or the theme change, and takes the drawing away with the page.
    pub(super) fn keep_drawn(
        place: NodeRef<Div>,
        lines: Signal<Lines>,
        written: Signal<Written>,
        failed: RwSignal<bool>,
    ) {
        let loaded = RwSignal::new(false);
        let narrow = RwSignal::new(false);
        // Counts changes of the theme.
        let theme = RwSignal::new(0_u32);
        place.on_load(move |element| {
            watch_width(&element, narrow);
            watch_theme(theme);
            echarts::load(move |there| {
                let signal = if there { loaded } else { failed };
                // A task of its own after the library's, and the page may be gone by then.
                let tell = move || {
                    signal.try_set(true);
                };
                set_timeout(tell, Duration::ZERO);
            });
            on_cleanup(move || echarts::clear(&element));
        });
        Effect::new(move || {
            theme.track();
            let Some(element) = place.get().filter(|_| loaded.get()) else { return };
            let Some(palette) = colours::palette(&element) else { return };
            lines.with(|lines| echarts::draw(&element, lines, &palette, narrow.get(), written.get()));
        });
    }

    fn watch_width(element: &HtmlElement, narrow: RwSignal<bool>) {
        let seen = element.clone();
        let changed = Closure::<dyn Fn()>::new(move || {
            let now = seen.offset_width() < NARROW;
            if narrow.try_get_untracked().is_some_and(|before| before != now) {
                narrow.try_set(now);
            }
            echarts::fit(&seen);
        });
        // Only a browser without observers refuses; then the drawing keeps its first width.
        if let Ok(observer) = ResizeObserver::new(changed.into_js_value().unchecked_ref()) {
            observer.observe(element);
            let observer = StoredValue::new_local(observer);
            on_cleanup(move || {
                observer.try_with_value(ResizeObserver::disconnect);
            });
        }
    }

    /// By the choice, which is an attribute of the document, or by the device.
    fn watch_theme(theme: RwSignal<u32>) {
        let changed = Closure::<dyn Fn()>::new(move || {
            theme.try_update(|count| *count = count.wrapping_add(1));
        });
        let changed = changed.into_js_value();
        let only_theme = MutationObserverInit::new();
        only_theme.set_attributes(true);
        only_theme.set_attribute_filter(&js_sys::Array::of1(&"data-theme".into()));
        if let (Some(root), Ok(observer)) =
            (document().document_element(), MutationObserver::new(changed.unchecked_ref()))
        {
            // Fails only for options that contradict each other.
            drop(observer.observe_with_options(&root, &only_theme));
            let observer = StoredValue::new_local(observer);
            on_cleanup(move || {
                observer.try_with_value(MutationObserver::disconnect);
            });
        }
        let device = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        if let Some(device) = device {
            // Fail only for what isn't a function.
            drop(device.add_event_listener_with_callback("change", changed.unchecked_ref()));
            let heard = StoredValue::new_local((device, changed));
            on_cleanup(move || {
                heard.try_with_value(|(device, changed)| {
                    drop(device.remove_event_listener_with_callback("change", changed.unchecked_ref()));
                });
            });
        }
    }
}
