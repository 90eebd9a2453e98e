//! Pieces of what pages show while they load, in the place of what will stand there.

use leptos::prelude::*;
use ui::{Skeleton, SkeletonBox, SkeletonLines};

/// A section with its head and the lines of a list.
#[component]
pub fn SkeletonSection(#[prop(default = 4)] rows: u8) -> impl IntoView {
    view! {
        <div class="section">
            <div class="section-head is-ruled">
                <Skeleton width=32 />
            </div>
            <SkeletonLines rows />
        </div>
    }
    .into_any()
}

/// A bar with filters.
#[component]
pub fn SkeletonToolbar() -> impl IntoView {
    view! {
        <div class="toolbar skeleton-toolbar" aria-hidden="true">
            <SkeletonBox height=32 />
            <SkeletonBox height=32 />
            <SkeletonBox height=32 />
        </div>
    }
    .into_any()
}

/// A chart with its title; `height` of the drawing in CSS pixels.
#[component]
pub fn SkeletonChart(height: u16) -> impl IntoView {
    view! {
        <div class="chart" aria-hidden="true">
            <Skeleton width=38 />
            <SkeletonBox height />
        </div>
    }
    .into_any()
}
