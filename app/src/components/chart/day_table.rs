use super::Written;
use crate::state::use_words;
use charts::Lines;
use leptos::prelude::*;

/// Larger tables, in numbers, are written when somebody opens them.
const AT_ONCE: usize = 100;

/// The numbers of a chart, day by day, the newest first.
#[component]
pub(super) fn DayTable(lines: Signal<Lines>, written: Signal<Written>) -> impl IntoView {
    let words = use_words();
    let w = words.charts();
    let opened = RwSignal::new(false);
    let shown = Memo::new(move |_| {
        opened.get() || lines.with(|lines| lines.days.len() * lines.lines.len() <= AT_ONCE)
    });
    let table = move || {
        shown.get().then(|| {
            lines.with(|lines| {
                let heads = lines.lines.iter().map(|line| {
                    view! {
                        <th scope="col" class="n">
                            {line.name.clone()}
                        </th>
                    }
                });
                let written = written.get();
                let rows = lines.days.iter().enumerate().rev().map(|(place, day)| {
                    let cells = lines.lines.iter().map(|line| {
                        let value = line.values.get(place).copied().flatten();
                        view! { <td class="n">{value.map_or_else(|| w.not_known().to_owned(), |value| written.exact(value))}</td> }
                    });
                    view! {
                        <tr>
                            <th scope="row">{day.clone()}</th>
                            {cells.collect_view()}
                        </tr>
                    }
                });
                view! {
                    <div class="table-scroll" tabindex="0" role="group" aria-label=w.table()>
                        <table class="table">
                            <thead>
                                <tr>
                                    <th scope="col">{w.day()}</th>
                                    {heads.collect_view()}
                                </tr>
                            </thead>
                            <tbody>{rows.collect_view()}</tbody>
                        </table>
                    </div>
                }
            })
        })
    };
    view! {
        <details class="chart-table" on:toggle=move |_| opened.set(true)>
            <summary>{w.table()}</summary>
            {table}
        </details>
    }
}
