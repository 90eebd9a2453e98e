use crate::state::use_words;
use leptos::prelude::*;
use ui::{Loading, Skeleton, SkeletonBox};

/// The sheet: accounts and text at the left, how it will look at the right.
#[component]
pub(super) fn SheetSkeleton() -> impl IntoView {
    view! {
        <div class="sheet-head" aria-hidden="true">
            <Skeleton width=18 />
        </div>
        <div class="sheet-edit">
            <Loading label=use_words().common().loading()>
                <SkeletonBox height=34 />
                <SkeletonBox height=240 />
                <Skeleton width=60 />
                <Skeleton width=46 />
            </Loading>
        </div>
        <div class="sheet-preview" aria-hidden="true">
            <Skeleton width=50 />
            <SkeletonBox height=280 />
        </div>
        <div class="sheet-foot" aria-hidden="true">
            <SkeletonBox height=32 />
        </div>
    }
}
