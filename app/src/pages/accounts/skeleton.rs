use crate::components::SkeletonSection;
use crate::state::use_words;
use leptos::prelude::*;
use ui::Loading;

/// The connected accounts, and what else can be connected.
#[component]
pub(super) fn AccountsSkeleton() -> impl IntoView {
    view! {
        <Loading label=use_words().common().loading()>
            <div class="split accounts">
                <SkeletonSection rows=6 />
                <SkeletonSection rows=7 />
            </div>
        </Loading>
    }
}
