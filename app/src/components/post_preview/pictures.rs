use crate::components::ImagePart;
use leptos::prelude::*;
use model::Crop;
use model::media::MediaView;
use model::post::PostMedia;

/// An image of a previewed post.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub src: String,
    pub alt: String,
    /// Of the whole image, in pixels.
    pub size: (u32, u32),
    /// The part that is shown; `None`: all of it.
    pub crop: Option<Crop>,
}

impl Picture {
    /// An upload as it stands in a post.
    pub fn of(view: &MediaView, item: &PostMedia) -> Self {
        Self { src: view.preview.clone(), alt: item.alt.clone(), size: view.pixels(), crop: item.crop }
    }

    /// Of what is shown, in pixels.
    pub fn shown_size(&self) -> (u32, u32) {
        let (width, height) = self.size;
        let part = self.crop.map(|crop| crop.pixels(width, height));
        part.map_or(self.size, |part| (part.width, part.height))
    }
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
                            <ImagePart src=picture.src alt=picture.alt size=picture.size crop=picture.crop cover=true />
                        </span>
                    }
                })
                .collect_view();
            view! { <div class="pics" data-n=shown>{images}</div> }
        })
    }
}
