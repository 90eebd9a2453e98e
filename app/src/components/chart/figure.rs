use super::Written;
use super::day_table::DayTable;
use super::plot::Plot;
use crate::format::Unit;
use crate::state::{use_locale, use_words};
use charts::{Lines, Role};
use leptos::html::Div;
use leptos::prelude::*;
use ui::{Icon, Menu, lucide};

/// What a chart shows.
#[derive(Clone, Debug, PartialEq)]
pub struct ChartOf {
    /// The finding.
    pub title: String,
    /// The measure, the zone, the time.
    pub note: String,
    /// Formula and source.
    pub about: String,
    pub lines: Lines,
    pub unit: Unit,
    /// Where the same numbers are as CSV, where they are.
    pub csv: Option<String>,
}

impl ChartOf {
    /// For whoever doesn't see the drawing: the title, and how each line begins and ends.
    fn told(&self, written: Written) -> String {
        let ends = self.lines.lines.iter().filter_map(|line| {
            let mut known = line.values.iter().flatten();
            let first = known.next()?;
            let last = known.next_back().unwrap_or(first);
            Some(format!("{}: {} → {}", line.name, written.exact(*first), written.exact(*last)))
        });
        std::iter::once(self.title.clone()).chain(ends).collect::<Vec<_>>().join(". ")
    }
}

/// A chart with its tools.
#[component]
pub fn ChartFigure(
    /// Unique on the page.
    id: &'static str,
    chart: Signal<ChartOf>,
    /// CSS pixels.
    height: u32,
) -> impl IntoView {
    let words = use_words();
    let w = words.charts();
    let locale = use_locale();
    let written = Signal::derive(move || Written { locale, unit: chart.with(|chart| chart.unit) });
    let lines = Signal::derive(move || chart.with(|chart| chart.lines.clone()));
    let label = Signal::derive(move || chart.with(|chart| chart.told(written.get())));
    let place = NodeRef::<Div>::new();
    let failed = RwSignal::new(false);
    view! {
        <figure class="chart">
            <figcaption>
                <div>
                    <h2 class="chart-title">{move || chart.with(|chart| chart.title.clone())}</h2>
                    <p class="chart-note">{move || chart.with(|chart| chart.note.clone())}</p>
                </div>
                <div class="chart-tools">
                    <Menu
                        id=format!("{id}-about")
                        label=w.about()
                        trigger=|| view! { <Icon shape=lucide::INFO /> }
                        trigger_class="button is-quiet is-small is-icon"
                    >
                        <li class="chart-about">{move || chart.with(|chart| chart.about.clone())}</li>
                    </Menu>
                    <Menu
                        id=format!("{id}-download")
                        label=w.download()
                        trigger=|| view! { <Icon shape=lucide::DOWNLOAD /> }
                        trigger_class="button is-quiet is-small is-icon"
                    >
                        {move || {
                            chart
                                .with(|chart| chart.csv.clone())
                                .map(|href| {
                                    view! {
                                        <li>
                                            <a class="menu-item" href=href download="" rel="external">
                                                {w.csv()}
                                            </a>
                                        </li>
                                    }
                                })
                        }}
                        <li>
                            <button
                                class="menu-item with-wasm"
                                type="button"
                                on:click=move |_| save_picture(place, id)
                            >
                                {w.png()}
                            </button>
                        </li>
                    </Menu>
                </div>
            </figcaption>
            <Legend lines />
            <Plot place lines written label height failed />
            <p class="chart-note" role="status">
                {move || failed.get().then(|| w.not_loaded())}
            </p>
            <DayTable lines written />
        </figure>
    }
    .into_any()
}

/// The names of the lines, where they don't stand at their ends.
#[component]
fn Legend(lines: Signal<Lines>) -> impl IntoView {
    let entries = move || {
        lines.with(|lines| {
            let entry = |line: &charts::Line| {
                let colour = match line.role {
                    Role::Main(place) => format!("var(--series-{})", place % charts::SERIES + 1),
                    Role::Before => "var(--series-before)".to_owned(),
                };
                let dash = if line.role.is_dashed() { "dashed" } else { "solid" };
                view! { <li style=format!("--c: {colour}; --dash: {dash}")>{line.label.clone()}</li> }
            };
            lines.lines.iter().map(entry).collect_view()
        })
    };
    view! {
        <ul class="legend" class:for-phone=move || lines.with(|lines| lines.named)>
            {entries}
        </ul>
    }
}

/// Hands the drawing to the browser as a file.
fn save_picture(place: NodeRef<Div>, name: &str) {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let picture = place.get_untracked().and_then(|element| {
            let palette = super::colours::palette(&element)?;
            super::echarts::picture(&element, &palette.paper)
        });
        let link =
            document().create_element("a").ok().and_then(|link| link.dyn_into::<web_sys::HtmlElement>().ok());
        if let (Some(picture), Some(link)) = (picture, link) {
            // Fail only for names that aren't any.
            drop(link.set_attribute("href", &picture));
            drop(link.set_attribute("download", &format!("{name}.png")));
            link.click();
        }
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (place, name);
}
