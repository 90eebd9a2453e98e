use leptos::prelude::*;

/// An image of a previewed post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub src: String,
    pub alt: String,
    /// In pixels.
    pub width: i64,
    pub height: i64,
}

/// Images side by side as the platforms lay them: one alone, two in halves, three as one tall and two, four and more
/// in quarters with what is left out as a number. `most` are shown.
#[component]
pub(super) fn Pictures(
    #[prop(into)] pictures: Signal<Vec<Picture>>,
    #[prop(default = 4)] most: usize,
) -> impl IntoView {
    move || {
        let pictures = pictures.get();
        let shown = pictures.len().min(most);
        let left_out = pictures.len() - shown;
        (shown > 0).then(|| {
            let images = pictures
                .into_iter()
                .take(shown)
                .enumerate()
                .map(|(i, picture)| {
                    let more = (i + 1 == shown && left_out > 0).then(|| format!("+{left_out}"));
                    view! {
                        <span class="pic" data-more=more>
                            <img src=picture.src alt=picture.alt width=picture.width height=picture.height loading="lazy" />
                        </span>
                    }
                })
                .collect_view();
            view! { <div class="pics" data-n=shown>{images}</div> }
        })
    }
}
