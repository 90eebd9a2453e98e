use crate::components::{platform_glyph, state_mark};
use crate::format;
use crate::state::use_words;
use leptos::prelude::*;
use model::calendar::CalendarChip;
use model::{Platform, TargetState};

/// How many platforms are shown by their glyphs; the rest by their number.
const GLYPHS: usize = 2;

/// The drawings that chips refer to: one of each on the page, however many posts.
#[component]
pub(super) fn Sprite() -> impl IntoView {
    let marks = TargetState::ALL.map(|state| {
        view! { <symbol id=mark_id(state) viewBox="0 0 16 16" overflow="visible" inner_html=state_mark(state).inside()></symbol> }
    });
    let glyphs = Platform::ALL.map(|platform| {
        view! { <symbol id=glyph_id(platform) viewBox="0 0 16 16" inner_html=platform_glyph(platform)></symbol> }
    });
    view! {
        <svg class="sprite" width="0" height="0" aria-hidden="true">
            {marks.collect_view()}
            {glyphs.collect_view()}
        </svg>
    }
}

fn mark_id(state: TargetState) -> String {
    format!("m-{}", state.key())
}

fn glyph_id(platform: Platform) -> String {
    format!("g-{}", platform.key())
}

/// A post at its time. `allowed`: the person may move posts.
#[component]
pub(super) fn Chip(chip: CalendarChip, allowed: bool) -> impl IntoView {
    let words = use_words();
    let time = format::time(chip.time);
    let more = chip.platforms.len().saturating_sub(GLYPHS);
    let glyphs = chip
        .platforms
        .iter()
        .take(GLYPHS)
        .map(|platform| {
            let href = format!("#{}", glyph_id(*platform));
            view! { <svg class="glyph"><use href=href></use></svg> }
        })
        .collect_view();
    let text = if chip.text.is_empty() { words.posts().no_text().to_owned() } else { chip.text };
    // Read after the time and the text.
    let spoken = std::iter::once(words.state_name(chip.state))
        .chain(chip.platforms.iter().map(|platform| platform.name()))
        .fold(String::new(), |spoken, part| spoken + ", " + part);
    let others = chip.platforms.len().saturating_sub(1);
    view! {
        <a
            class="chip"
            data-state=chip.state.key()
            href=format!("/posts/{}", chip.post)
            data-move=(allowed && chip.movable).then_some("")
        >
            <svg class="mark" aria-hidden="true">
                <use href=format!("#{}", mark_id(chip.state))></use>
            </svg>
            <time>{time}</time>
            <span class="chip-platforms" data-n=(others > 0).then_some(others) aria-hidden="true">
                {glyphs}
                {(more > 0).then(|| view! { <span class="more">{format!("+{more}")}</span> })}
            </span>
            {chip.thumbnail.map(|src| view! { <img class="thumb" src=src alt="" width="40" height="40" loading="lazy" /> })}
            <span class="chip-text" dir="auto">
                {text}
            </span>
            <span class="visually-hidden">{spoken}</span>
        </a>
    }
    .into_any()
}
