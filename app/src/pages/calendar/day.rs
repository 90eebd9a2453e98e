use super::board::Board;
use super::chip::Chip;
use crate::format;
use crate::state::use_words;
use chrono::Timelike;
use leptos::prelude::*;
use model::calendar::CalendarChip;
use ui::{ButtonKind, ButtonLink, EmptyState, lucide};

/// Every post of one day, hour by hour.
#[component]
pub(super) fn DayAgenda(board: Board) -> impl IntoView {
    let words = use_words();
    let w = words.calendar();
    let narrowed = board.asked().is_narrowed();
    let days = board.days();
    move || {
        let day = days.first().map(|(_, day)| day.get())?;
        if day.chips.is_empty() {
            let title = if narrowed { w.nothing_filtered() } else { w.nothing() };
            let composes = board.allowed() && day.date >= board.today();
            let compose = composes.then(|| {
                let href = format!("/compose?on={}", day.date);
                view! {
                    <ButtonLink href kind=ButtonKind::Primary icon=lucide::PLUS>
                        {words.frame().compose()}
                    </ButtonLink>
                }
            });
            return Some(view! { <EmptyState title text=w.nothing_text()>{compose}</EmptyState> }.into_any());
        }
        let shown = day.chips.len() as u64;
        let cut = (u64::from(day.total) > shown).then(|| {
            let count = |n: u64| format::count(words.0, n);
            view! { <p class="muted small">{w.not_all(&count(shown), &count(day.total.into()))}</p> }
        });
        let hours = by_hour(day.chips)
            .into_iter()
            .map(|(hour, chips)| {
                let chips =
                    chips.into_iter().map(|chip| view! { <Chip chip allowed=false /> }).collect_view();
                view! {
                    <dt>{w.hour(&hour.to_string())}</dt>
                    <dd>{chips}</dd>
                }
            })
            .collect_view();
        Some(
            view! {
                {cut}
                <dl class="agenda-hours">{hours}</dl>
            }
            .into_any(),
        )
    }
}

/// The chips, which come in the order of time, by their hours.
fn by_hour(chips: Vec<CalendarChip>) -> Vec<(u32, Vec<CalendarChip>)> {
    let mut hours: Vec<(u32, Vec<CalendarChip>)> = Vec::new();
    for chip in chips {
        let hour = chip.time.hour();
        match hours.last_mut() {
            Some((last, chips)) if *last == hour => chips.push(chip),
            _ => hours.push((hour, vec![chip])),
        }
    }
    hours
}
