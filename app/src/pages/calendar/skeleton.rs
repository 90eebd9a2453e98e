use crate::components::SkeletonToolbar;
use crate::state::use_words;
use leptos::prelude::*;
use model::calendar::Span;
use ui::{Loading, Skeleton, SkeletonBox};

/// The days with a few posts on them; on phones below each other.
#[component]
pub(super) fn DaysSkeleton(span: Span) -> impl IntoView {
    let (days, most, height) = match span {
        Span::Month => (35_u16, 3, 18),
        Span::Week => (7, 6, 40),
        Span::Day => (1, 8, 40),
    };
    let day = move |day: u16| {
        let posts = (0..(day * 5 + 2) % most + 1).map(|_| view! { <SkeletonBox height /> });
        view! {
            <div>
                <Skeleton width=20 />
                {posts.collect_view()}
            </div>
        }
    };
    view! {
        <Loading label=use_words().common().loading()>
            <div class="surface">
                <SkeletonToolbar />
                <div class="skeleton-days" data-span=span.key() aria-hidden="true">
                    {(0..days).map(day).collect_view()}
                </div>
            </div>
        </Loading>
    }
}
