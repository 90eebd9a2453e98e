use super::rich_text::RichText;
use super::{Picture, PreviewAccount};
use crate::components::ImagePart;
use crate::state::use_words;
use leptos::prelude::*;
use model::Platform;
use model::text::Limits;
use ui::{Avatar, Icon, lucide};

/// The ratio width : height that all images of a carousel take: that of the first, within the platform's bounds.
fn ratio(first: &Picture) -> f64 {
    let (width, height) = first.shown_size();
    let (width, height) = (width.max(1), height.max(1));
    let (w, h) = match Limits::of(Platform::Instagram).ratio {
        Some(range) if range.is_too_tall(width, height) => range.min,
        Some(range) if range.is_too_wide(width, height) => range.max,
        _ => (width, height),
    };
    f64::from(w) / f64::from(h)
}

/// Instagram: images first (a carousel to swipe), then the caption.
#[component]
pub(super) fn InstagramPreview(
    account: PreviewAccount,
    text: Signal<String>,
    pictures: Signal<Vec<Picture>>,
) -> impl IntoView {
    let w = use_words().composer();
    let PreviewAccount { platform, name, handle, avatar } = account;
    let photos = move || {
        let pictures = pictures.get();
        let Some(first) = pictures.first() else {
            return view! { <p class="photo is-missing">{w.preview_needs_image()}</p> }.into_any();
        };
        let shape = format!("{:.3}", ratio(first));
        let count = pictures.len();
        let slides = pictures
            .into_iter()
            .map(|picture| {
                view! {
                    <ImagePart src=picture.src alt=picture.alt size=picture.size crop=picture.crop class="photo" />
                }
            })
            .collect_view();
        let dots = (count > 1).then(|| {
            view! {
                <span class="carousel-dots" aria-hidden="true">
                    {(0..count).map(|_| view! { <i></i> }).collect_view()}
                </span>
            }
        });
        view! {
            <div class="carousel" style=("--ratio", shape) tabindex=(count > 1).then_some("0")>
                {slides}
            </div>
            {dots}
        }
        .into_any()
    };
    view! {
        <article class="preview preview-ig" data-platform=platform.key()>
            <div class="preview-ig-head">
                <Avatar name src=avatar />
                <span class="clip">{handle.clone()}</span>
            </div>
            {photos}
            <div class="preview-acts" aria-hidden="true">
                <Icon shape=lucide::HEART />
                <Icon shape=lucide::MESSAGE_CIRCLE />
                <Icon shape=lucide::SEND_HORIZONTAL />
                <span class="push">
                    <Icon shape=lucide::BOOKMARK />
                </span>
            </div>
            <p class="preview-ig-text preview-text" dir="auto">
                <b>{handle}</b>
                " "
                <RichText platform text />
            </p>
        </article>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_carousel_takes_the_ratio_of_its_first_image() {
        let of = |width, height| {
            ratio(&Picture { src: String::new(), alt: String::new(), size: (width, height), crop: None })
        };
        assert!((of(1000, 1000) - 1.0).abs() < 1e-9);
        assert!((of(100, 1000) - 0.8).abs() < 1e-9);
        assert!((of(4000, 1000) - 1.91).abs() < 1e-9);
    }
}
