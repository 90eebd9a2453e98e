use crate::components::{SkeletonSection, SkeletonToolbar};
use crate::state::use_words;
use leptos::prelude::*;
use ui::{Loading, Skeleton, SkeletonBox, SkeletonLines};

/// The list: its tabs, its filters, its rows.
#[component]
pub(super) fn ListSkeleton() -> impl IntoView {
    view! {
        <Loading label=use_words().common().loading()>
            <SkeletonToolbar />
            <SkeletonToolbar />
            <SkeletonLines rows=8 />
        </Loading>
    }
}

/// One post: its text and accounts, and how it looks.
#[component]
pub(super) fn PostSkeleton() -> impl IntoView {
    view! {
        <Loading label=use_words().common().loading()>
            <div class="split">
                <div class="section">
                    <div class="post-head">
                        <Skeleton width=70 />
                        <Skeleton width=40 />
                    </div>
                    <SkeletonSection rows=3 />
                </div>
                <div class="post-previews">
                    <Skeleton width=50 />
                    <SkeletonBox height=320 />
                </div>
            </div>
        </Loading>
    }
}
