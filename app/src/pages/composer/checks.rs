use super::draft::Draft;
use super::jump::{crop, go};
use super::points::{Leads, Place, Point};
use crate::state::use_words;
use leptos::prelude::*;
use ui::{Button, ButtonKind, Mark, MarkShape, lucide};

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
                {move || points.get().into_iter().map(|point| view! { <CheckLine draft point /> }).collect_view()}
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn CheckLine(draft: Draft, point: Point) -> impl IntoView {
    let (state, shape) =
        if point.must { ("failed", MarkShape::OCTAGON) } else { ("warning", MarkShape::TRIANGLE) };
    let acts = match point.leads {
        Leads::To(place) => view! { <Jump draft place text=point.text.clone() /> }.into_any(),
        Leads::ToPost(other) => {
            view! { <PostLink href=format!("/posts/{}", other.post) text=point.text.clone() /> }.into_any()
        }
    };
    view! {
        <li data-state=state>
            <Mark shape />
            <span dir="auto">{point.text}</span>
            <span class="row">{acts}</span>
        </li>
    }
}

#[component]
fn Jump(
    draft: Draft,
    place: Place,
    /// What is said about the place.
    text: String,
) -> impl IntoView {
    let w = use_words().composer();
    let label = w.show_what(&text);
    let crops = match place {
        Place::Ratio(tab, image, platform) => {
            let label = w.crop_what(&text);
            Some(view! {
                <Button small=true icon=lucide::CROP on_press=move |_| crop(draft, tab, image, platform)>
                    <span aria-hidden="true">{w.crop()}</span>
                    <span class="visually-hidden">{label}</span>
                </Button>
            })
        }
        Place::Accounts | Place::Text(..) | Place::Images(_) | Place::Alt(..) => None,
    };
    view! {
        {crops}
        <Button kind=ButtonKind::Quiet small=true on_press=move |_| go(draft, place)>
            <span aria-hidden="true">{w.show()}</span>
            <span class="visually-hidden">{label}</span>
        </Button>
    }
}

/// Leads to another post beside the composer, which stays open.
#[component]
fn PostLink(href: String, text: String) -> impl IntoView {
    let w = use_words().composer();
    view! {
        <a class="button is-quiet is-small" href=href target="_blank" rel="noopener">
            <span aria-hidden="true">{w.open()}</span>
            <span class="visually-hidden">{w.open_what(&text)}</span>
        </a>
    }
}
