use leptos::prelude::*;
use model::Crop;

/// An image, or the part of it that a post shows, as large as the style sheet says.
#[component]
pub fn ImagePart(
    src: String,
    alt: String,
    /// Of the whole image, in pixels.
    size: (u32, u32),
    crop: Option<Crop>,
    #[prop(optional)] class: &'static str,
    /// Fills its box, whatever is cut off; else all of it is seen.
    #[prop(optional)]
    cover: bool,
) -> impl IntoView {
    let (width, height) = size;
    let Some(crop) = crop else {
        return view! { <img class=class src=src alt=alt width=width height=height draggable="false" /> }
            .into_any();
    };
    let part = crop.pixels(width, height);
    let shown = format!("{} {} {} {}", part.x, part.y, part.width, part.height);
    let decorative = alt.is_empty();
    view! {
        <svg
            class=format!("part {class}")
            viewBox=shown
            width=part.width
            height=part.height
            preserveAspectRatio=if cover { "xMidYMid slice" } else { "xMidYMid meet" }
            role=(!decorative).then_some("img")
            aria-label=(!decorative).then_some(alt)
            aria-hidden=decorative.then_some("true")
        >
            <image href=src width=width height=height preserveAspectRatio="none"></image>
        </svg>
    }
    .into_any()
}
