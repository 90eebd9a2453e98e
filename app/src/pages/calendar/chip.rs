use super::board::Board;
use super::lanes::Layout;
use super::moves::name_of;
use crate::components::{ImagePart, platform_glyph, state_mark};
use crate::format;
use crate::state::use_words;
use leptos::prelude::*;
use model::calendar::{CalendarChip, Thumbnail};
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

/// The drawing of a state, for what refers to it.
pub(super) fn mark_id(state: TargetState) -> String {
    format!("m-{}", state.key())
}

fn glyph_id(platform: Platform) -> String {
    format!("g-{}", platform.key())
}

/// A post at its time. On a board it can be marked and, by whoever may, moved; in the column of a day `layout` says where it stands.
#[component]
pub(super) fn Chip(
    chip: CalendarChip,
    #[prop(optional)] board: Option<Board>,
    #[prop(optional)] layout: Option<Memo<Layout>>,
) -> impl IntoView {
    let words = use_words();
    let key = (chip.post, chip.time);
    let style = layout.map(|layout| move || layout.with(|layout| layout.spot(key.0, key.1).style()));
    let shape = layout.map(|layout| move || layout.with(|layout| layout.spot(key.0, key.1).shape()));
    let marked = move || board.is_some_and(|board| board.marked.has(key.0));
    let moves = board.is_some_and(|board| board.allowed() && chip.movable);
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
    // Read after the time and the text.
    let spoken = std::iter::once(words.state_name(chip.state))
        .chain(chip.platforms.iter().map(|platform| platform.name()))
        .fold(String::new(), |spoken, part| spoken + ", " + part);
    let spoken = move || {
        if marked() { format!("{spoken}, {}", words.calendar().is_marked()) } else { spoken.clone() }
    };
    let others = chip.platforms.len().saturating_sub(1);
    view! {
        <a
            class="chip"
            class:is-marked=marked
            style=style
            data-shape=shape
            data-state=chip.state.key()
            href=format!("/posts/{}", chip.post)
            data-move=moves.then_some("")
        >
            <svg class="mark" aria-hidden="true">
                <use href=format!("#{}", mark_id(chip.state))></use>
            </svg>
            <time>{format::time(chip.time)}</time>
            {chip.abbreviation.clone().map(|zone| view! { <span class="chip-zone">{zone}</span> })}
            <span class="chip-platforms" data-n=(others > 0).then_some(others) aria-hidden="true">
                {glyphs}
                {(more > 0).then(|| view! { <span class="more">{format!("+{more}")}</span> })}
            </span>
            {chip
                .thumbnail
                .clone()
                .map(|picture| view! { <Picture picture /> })}
            <span class="chip-text" dir="auto">
                {name_of(words, &chip)}
            </span>
            <span class="visually-hidden">{spoken}</span>
        </a>
    }
    .into_any()
}

#[component]
fn Picture(picture: Thumbnail) -> impl IntoView {
    let Thumbnail { src, part } = picture;
    match part {
        Some((crop, size)) => {
            view! { <ImagePart src alt=String::new() size crop=Some(crop) class="thumb" cover=true /> }
                .into_any()
        }
        None => {
            view! { <img class="thumb" src=src alt="" width="40" height="40" loading="lazy" /> }.into_any()
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A post of one word, scheduled on X.
    pub(in crate::pages::calendar) fn chip(number: u128, time: &str) -> CalendarChip {
        CalendarChip {
            post: format!("00000000-0000-0000-0000-{number:012}").parse().expect("an id"),
            time: time.parse().expect("a time"),
            due: None,
            abbreviation: None,
            state: TargetState::Scheduled,
            platforms: vec![Platform::X],
            text: "Bread".to_owned(),
            thumbnail: None,
            movable: true,
            undoable: true,
        }
    }
}
