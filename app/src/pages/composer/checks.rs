//! What stands in the way of a post, and what people should know.

use super::draft::Draft;
use crate::components::media_tray::TileFile;
use crate::state::use_words;
use crate::words::Words;
use leptos::prelude::*;
use leptos::wasm_bindgen::JsCast;
use model::text::{Rule, Severity, check};
use model::{Platform, Problem};
use ui::{Button, ButtonKind, Mark, MarkShape};

/// Where a point is settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Accounts,
    /// From this byte of the text on.
    Text(usize),
    Images,
    /// The image's place, counted from zero.
    Alt(u32),
}

/// A point of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Point {
    /// It can't go out so.
    pub(super) must: bool,
    pub(super) text: String,
    pub(super) place: Place,
}

/// Every point about the draft, the musts first. The same rule on several platforms is one point.
pub(super) fn points(words: Words, draft: Draft) -> Vec<Point> {
    let mut points = Vec::new();
    if draft.chosen.with(Vec::is_empty) {
        let text = crate::words::problem_text(words, &Problem::NoAccount);
        points.push(Point { must: true, text, place: Place::Accounts });
    }
    let mut found: Vec<(Severity, Rule, Place, Vec<Platform>)> = Vec::new();
    let text = draft.text.get();
    let facts = draft.facts();
    for platform in draft.platforms() {
        for finding in check(platform, &text, &facts) {
            let place = place(&finding.rule, finding.span.map_or(0, |span| span.start));
            match found.iter_mut().find(|(_, rule, ..)| *rule == finding.rule) {
                Some((.., platforms)) => platforms.push(platform),
                None => found.push((finding.severity, finding.rule, place, vec![platform])),
            }
        }
    }
    found.sort_by_key(|(severity, ..)| std::cmp::Reverse(*severity));
    points.extend(found.into_iter().map(|(severity, rule, place, platforms)| {
        let names: Vec<&str> = platforms.iter().map(|platform| platform.name()).collect();
        let text = words.problems().platform_rule(&names.join(", "), &words.rule_text(&rule));
        Point { must: severity == Severity::Error, text, place }
    }));
    let w = words.composer();
    draft.tray.tiles.with(|tiles| {
        if tiles.iter().any(|tile| matches!(tile.file, TileFile::Sending { .. })) {
            points.push(Point { must: true, text: w.sending().to_owned(), place: Place::Images });
        }
        if tiles.iter().any(|tile| matches!(tile.file, TileFile::Refused { .. })) {
            points.push(Point { must: false, text: w.refused().to_owned(), place: Place::Images });
        }
    });
    points
}

fn place(rule: &Rule, start: usize) -> Place {
    match rule {
        Rule::PublishesNothing
        | Rule::Empty
        | Rule::TextTooLong { .. }
        | Rule::TextTooManyBytes { .. }
        | Rule::TooManyHashtags { .. }
        | Rule::TooManyMentions { .. } => Place::Text(start),
        Rule::NeedsImage | Rule::TooManyImages { .. } | Rule::RatioOutOfRange { .. } => Place::Images,
        Rule::AltTooLong { index, .. } | Rule::NoAlt { index } => Place::Alt(*index),
    }
}

/// Takes the person where the point is settled.
fn go(draft: Draft, place: Place) {
    let element = |id: &str| {
        document().get_element_by_id(id).and_then(|element| element.dyn_into::<web_sys::HtmlElement>().ok())
    };
    let focus = |selector: &str| {
        if let Ok(Some(found)) = document().query_selector(selector)
            && let Ok(found) = found.dyn_into::<web_sys::HtmlElement>()
        {
            // Fails only for what can't take the focus.
            drop(found.focus());
        }
    };
    match place {
        Place::Accounts => focus("#composer .account-chip input"),
        Place::Images => focus("#composer .media-add"),
        Place::Alt(index) => draft.tray.describe(usize::try_from(index).unwrap_or_default()),
        Place::Text(start) => {
            let Some(area) =
                element("text").and_then(|area| area.dyn_into::<web_sys::HtmlTextAreaElement>().ok())
            else {
                return;
            };
            drop(area.focus());
            let units = |text: &str| u32::try_from(text.encode_utf16().count()).unwrap_or(u32::MAX);
            let (from, to) =
                draft.text.with_untracked(|text| (units(text.get(..start).unwrap_or(text)), units(text)));
            // Fails only for fields without a selection.
            drop(area.set_selection_range(from, to));
        }
    }
}

/// The list "Before it can go out".
#[component]
pub(super) fn Checks(draft: Draft, points: Memo<Vec<Point>>) -> impl IntoView {
    let w = use_words().composer();
    let counts = move || {
        points.with(|points| {
            let must = points.iter().filter(|point| point.must).count();
            (u64::try_from(must).unwrap_or_default(), u64::try_from(points.len() - must).unwrap_or_default())
        })
    };
    view! {
        <section class="stack" aria-labelledby="checks-title" id="checks" tabindex="-1">
            <div class="row" role="status">
                <h3 id="checks-title">{w.checks()}</h3>
                {move || {
                    let (must, should) = counts();
                    view! {
                        {(must > 0).then(|| view! { <span class="count" data-state="failed">{w.must(must)}</span> })}
                        {(should > 0)
                            .then(|| view! { <span class="count" data-state="warning">{w.should(should)}</span> })}
                        {(must + should == 0)
                            .then(|| view! { <span class="count" data-state="ok">{w.all_good()}</span> })}
                    }
                }}
            </div>
            <ul class="checks" hidden=move || points.with(Vec::is_empty)>
                {move || {
                    points
                        .get()
                        .into_iter()
                        .map(|point| {
                            let (state, shape) =
                                if point.must { ("failed", MarkShape::OCTAGON) } else { ("warning", MarkShape::TRIANGLE) };
                            let label = w.show_what(&point.text);
                            view! {
                                <li data-state=state>
                                    <Mark shape />
                                    <span>{point.text}</span>
                                    <Button
                                        kind=ButtonKind::Quiet
                                        small=true
                                        on_press=move |_| go(draft, point.place)
                                    >
                                        <span aria-hidden="true">{w.show()}</span>
                                        <span class="visually-hidden">{label}</span>
                                    </Button>
                                </li>
                            }
                        })
                        .collect_view()
                }}
            </ul>
        </section>
    }
    .into_any()
}
