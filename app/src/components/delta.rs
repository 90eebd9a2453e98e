use crate::format;
use crate::state::{use_locale, use_words};
use leptos::prelude::*;
use model::statistics::{Figure, Together};
use ui::{Icon, lucide};

/// How a figure changed against the time before: sign, colour and arrow. Nothing where that isn't known.
#[component]
pub fn Delta(figure: Figure) -> impl IntoView {
    let w = use_words().metrics();
    let locale = use_locale();
    let text = if figure.metric.together() == Together::Ratio {
        figure.now.zip(figure.before).map(|(now, before)| w.points(&format::points(locale, now - before)))
    } else {
        figure.change().map(|change| format::change(locale, change))
    };
    text.map(|text| {
        let difference = figure.now.unwrap_or_default() - figure.before.unwrap_or_default();
        // What rounds to nothing is no change.
        let way = match text.chars().next() {
            Some('+') => "up",
            Some('−') if difference < 0.0 => "down",
            _ => "flat",
        };
        let (icon, said) = match way {
            "up" => (lucide::ARROW_UP_RIGHT, w.up()),
            "down" => (lucide::ARROW_DOWN_RIGHT, w.down()),
            _ => (lucide::ARROW_RIGHT, w.level()),
        };
        view! {
            <span class="delta" data-way=way>
                <Icon shape=icon />
                {text}
                <span class="visually-hidden">{said}</span>
            </span>
        }
    })
}
