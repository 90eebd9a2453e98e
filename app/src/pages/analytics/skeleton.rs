use crate::components::{SkeletonChart, SkeletonSection, SkeletonToolbar};
use crate::state::use_words;
use leptos::prelude::*;
use ui::{Loading, Skeleton, SkeletonBox};

/// An account's figures, its charts and its posts.
#[component]
pub(super) fn AccountSkeleton() -> impl IntoView {
    let figure = |_| {
        view! {
            <div class="stat">
                <Skeleton width=60 />
                <SkeletonBox height=28 />
                <Skeleton width=40 />
            </div>
        }
    };
    view! {
        <Loading label=use_words().common().loading()>
            <SkeletonToolbar />
            <div class="flow">
                <div class="stats" aria-hidden="true">
                    {(0..6).map(figure).collect_view()}
                </div>
                <div class="charts">
                    <SkeletonChart height=236 />
                    <SkeletonChart height=236 />
                </div>
                <SkeletonSection rows=6 />
            </div>
        </Loading>
    }
}

/// The accounts' courses in one chart, and their ranks.
#[component]
pub(super) fn CompareSkeleton() -> impl IntoView {
    view! {
        <Loading label=use_words().common().loading()>
            <SkeletonToolbar />
            <div class="flow">
                <SkeletonChart height=300 />
                <SkeletonSection rows=6 />
            </div>
        </Loading>
    }
}
