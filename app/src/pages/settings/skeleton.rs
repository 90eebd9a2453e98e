use crate::state::use_words;
use leptos::prelude::*;
use ui::{Loading, Skeleton, SkeletonBox};

/// Sections of fields.
#[component]
pub(super) fn SettingsSkeleton() -> impl IntoView {
    let section = |_| {
        view! {
            <section>
                <header>
                    <Skeleton width=50 />
                </header>
                <div class="stack">
                    <SkeletonBox height=34 />
                    <SkeletonBox height=34 />
                </div>
            </section>
        }
    };
    view! {
        <Loading label=use_words().common().loading()>
            <div class="settings">{(0..3).map(section).collect_view()}</div>
        </Loading>
    }
}
