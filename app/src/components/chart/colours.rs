use charts::{Palette, SERIES};
use leptos::prelude::{document, window};
use leptos::wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, ContextAttributes2d, Element, HtmlCanvasElement, HtmlElement};

/// The style sheet's colours where `place` stands, as ECharts reads them; none before the page has its style.
pub(super) fn palette(place: &Element) -> Option<Palette> {
    let probe = Probe::new(place)?;
    let mut series: [Option<String>; SERIES] =
        std::array::from_fn(|n| probe.colour(&format!("--series-{}", n + 1)));
    if series.iter().any(Option::is_none) {
        return None;
    }
    let palette = Palette {
        paper: probe.colour("--paper")?,
        ink: probe.colour("--ink")?,
        ink_2: probe.colour("--ink-2")?,
        grid: probe.colour("--grid-line")?,
        before: probe.colour("--series-before")?,
        series: std::array::from_fn(|n| series[n].take().unwrap_or_default()),
        font: probe.font()?,
    };
    Some(palette)
}

/// An element that takes on one colour after the other, and a canvas of one pixel that says which that is in red, green and
/// blue: the style sheet's are in OKLCH and depend on the theme.
struct Probe {
    element: HtmlElement,
    pixel: CanvasRenderingContext2d,
}

impl Probe {
    fn new(place: &Element) -> Option<Self> {
        let element = document().create_element("span").ok()?.dyn_into::<HtmlElement>().ok()?;
        // Where motion is reduced, every change is a transition, if of no length: the colour would come too late.
        element.style().set_property_with_priority("transition", "none", "important").ok()?;
        place.append_child(&element).ok()?;
        let canvas = document().create_element("canvas").ok()?.dyn_into::<HtmlCanvasElement>().ok()?;
        canvas.set_width(1);
        canvas.set_height(1);
        let options = ContextAttributes2d::new();
        options.set_will_read_frequently(true);
        let pixel = canvas.get_context_with_context_options("2d", &options).ok()??.dyn_into().ok()?;
        Some(Self { element, pixel })
    }

    fn colour(&self, name: &str) -> Option<String> {
        self.element.style().set_property("color", &format!("var({name})")).ok()?;
        let colour = window().get_computed_style(&self.element).ok()??.get_property_value("color").ok()?;
        self.pixel.set_fill_style_str(&colour);
        self.pixel.fill_rect(0.0, 0.0, 1.0, 1.0);
        let data = self.pixel.get_image_data(0.0, 0.0, 1.0, 1.0).ok()?.data().0;
        match data.as_slice() {
            [red, green, blue, ..] => Some(format!("rgb({red}, {green}, {blue})")),
            _ => None,
        }
    }

    fn font(&self) -> Option<String> {
        window().get_computed_style(&self.element).ok()??.get_property_value("font-family").ok()
    }
}

impl Drop for Probe {
    fn drop(&mut self) {
        self.element.remove();
    }
}
