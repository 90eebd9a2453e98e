//! The few calls of ECharts that charts need. The library is a file of its own that the first chart loads.
//! Its interface: <https://echarts.apache.org/en/api.html>.

use super::Written;
use super::tip::tip;
use charts::{Lines, Palette};
use js_sys::{Array, Reflect};
use leptos::prelude::*;
use leptos::wasm_bindgen::closure::Closure;
use leptos::wasm_bindgen::prelude::wasm_bindgen;
use leptos::wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, HtmlScriptElement};

/// Made by `npm run charts` in `end2end`; the version is in the name, so that browsers keep it.
const FILE: &str = "/charts/echarts-6.1.0.js";
/// The script's element; not the library's name, since an element's id is a name of the window's, too.
const ID: &str = "chart-library";
/// Charts of a page whose pointers move together.
const GROUP: &str = "page";

#[wasm_bindgen(wasm_bindgen = leptos::wasm_bindgen)]
extern "C" {
    type Chart;
    #[wasm_bindgen(js_namespace = echarts, js_name = init)]
    fn init(place: &Element) -> Chart;
    #[wasm_bindgen(js_namespace = echarts, js_name = getInstanceByDom)]
    fn chart_in(place: &Element) -> Option<Chart>;
    #[wasm_bindgen(js_namespace = echarts)]
    fn connect(group: &str);
    #[wasm_bindgen(method, setter)]
    fn set_group(this: &Chart, group: &str);
    #[wasm_bindgen(method, js_name = setOption)]
    fn set_option(this: &Chart, option: &JsValue, not_merge: bool, lazy_update: bool);
    #[wasm_bindgen(method)]
    fn resize(this: &Chart);
    #[wasm_bindgen(method)]
    fn dispose(this: &Chart);
    #[wasm_bindgen(method, js_name = getDataURL)]
    fn data_url(this: &Chart, options: &JsValue) -> String;
}

/// Loads the library unless it is there; `told` hears whether it could be had.
pub(super) fn load(told: impl Fn(bool) + 'static) {
    if is_there() {
        return told(true);
    }
    let Some(script) = script() else { return told(false) };
    let told = std::rc::Rc::new(told);
    for (event, there) in [("load", true), ("error", false)] {
        let told = std::rc::Rc::clone(&told);
        let heard = Closure::once_into_js(move || told(there));
        // Fails only for what isn't a function.
        drop(script.add_event_listener_with_callback(event, heard.unchecked_ref()));
    }
}

/// The element that loads it, made by the first who asks.
fn script() -> Option<Element> {
    let document = document();
    if let Some(there) = document.get_element_by_id(ID) {
        return Some(there);
    }
    let script = document.create_element("script").ok()?.dyn_into::<HtmlScriptElement>().ok()?;
    script.set_id(ID);
    script.set_src(FILE);
    document.head()?.append_child(&script).ok()?;
    Some(script.into())
}

/// What is drawn in `place`. To ask before the library is there would throw.
fn drawn(place: &Element) -> Option<Chart> {
    is_there().then(|| chart_in(place)).flatten()
}

fn is_there() -> bool {
    Reflect::has(&window(), &JsValue::from_str("echarts")).unwrap_or(false)
}

/// Draws into `place` what `lines` say; again where something is drawn.
pub(super) fn draw(place: &Element, lines: &Lines, palette: &Palette, narrow: bool, written: Written) {
    let mut option = lines.option(palette, narrow);
    let still = window()
        .match_media("(prefers-reduced-motion: reduce)")
        .ok()
        .flatten()
        .is_some_and(|media| media.matches());
    // At first the lines are simply there; afterwards it is seen where they go.
    option["animation"] = (!still && chart_in(place).is_some()).into();
    option["animationDurationUpdate"] = 160.into();
    let Ok(option) = js_sys::JSON::parse(&option.to_string()) else { return };
    let number = Closure::<dyn Fn(f64) -> String>::new(move |value| written.short(value)).into_js_value();
    set(&option, &["yAxis", "axisLabel"], "formatter", &number);
    let (lines, palette) = (lines.clone(), palette.clone());
    let tip = move |points: JsValue| {
        place_of(&points)
            .and_then(|day| tip(day, &lines, &palette, written))
            .map_or(JsValue::from_str(""), Into::into)
    };
    set(&option, &["tooltip"], "formatter", &Closure::<dyn Fn(JsValue) -> JsValue>::new(tip).into_js_value());
    set(&option, &["tooltip"], "className", &JsValue::from_str("chart-tip"));
    let chart = chart_in(place).unwrap_or_else(|| {
        let chart = init(place);
        chart.set_group(GROUP);
        connect(GROUP);
        chart
    });
    // Drawn with the next frame: on a phone one task would be long enough to be felt.
    chart.set_option(&option, true, true);
}

pub(super) fn fit(place: &Element) {
    if let Some(chart) = drawn(place) {
        chart.resize();
    }
}

pub(super) fn clear(place: &Element) {
    if let Some(chart) = drawn(place) {
        chart.dispose();
    }
}

/// The chart as a PNG image's address, twice as sharp as the screen's.
pub(super) fn picture(place: &Element, paper: &str) -> Option<String> {
    let options = js_sys::Object::new();
    for (name, value) in [("pixelRatio", JsValue::from(2)), ("backgroundColor", JsValue::from_str(paper))] {
        Reflect::set(&options, &JsValue::from_str(name), &value).ok()?;
    }
    Some(drawn(place)?.data_url(&options))
}

/// Sets `name` of the object at `path`; where there is none, nothing is lost but the words.
fn set(option: &JsValue, path: &[&str], name: &str, value: &JsValue) {
    let inner = path.iter().try_fold(option.clone(), |at, name| Reflect::get(&at, &JsValue::from_str(name)));
    if let Ok(inner) = inner {
        drop(Reflect::set(&inner, &JsValue::from_str(name), value));
    }
}

/// The place of the day that the pointer is at: each line tells the same.
fn place_of(points: &JsValue) -> Option<usize> {
    let first = Array::from(points).get(0);
    let place = Reflect::get(&first, &JsValue::from_str("dataIndex")).ok()?.as_f64()?;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
    Some(place as usize)
}
