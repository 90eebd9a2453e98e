use crate::components::SkeletonSection;
use crate::state::use_words;
use leptos::prelude::*;
use ui::Loading;

/// Members and invitations.
#[component]
pub(super) fn TeamSkeleton() -> impl IntoView {
    view! {
        <Loading label=use_words().common().loading()>
            <div class="flow team">
                <SkeletonSection rows=4 />
                <SkeletonSection rows=2 />
            </div>
        </Loading>
    }
}
