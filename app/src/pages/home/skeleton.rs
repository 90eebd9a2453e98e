use crate::components::SkeletonSection;
use crate::state::use_words;
use leptos::prelude::*;
use ui::Loading;

/// What needs somebody, the day and what went out; beside it the week.
#[component]
pub(super) fn HomeSkeleton() -> impl IntoView {
    view! {
        <Loading label=use_words().common().loading()>
            <div class="split home">
                <div class="flow">
                    <SkeletonSection rows=2 />
                    <SkeletonSection rows=4 />
                    <SkeletonSection rows=4 />
                </div>
                <div class="flow">
                    <SkeletonSection rows=6 />
                    <SkeletonSection rows=3 />
                </div>
            </div>
        </Loading>
    }
}
