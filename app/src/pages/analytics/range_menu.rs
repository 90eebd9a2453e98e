use crate::format;
use crate::state::{use_locale, use_words};
use leptos::prelude::*;
use leptos_router::components::Form;
use model::statistics::{DayRange, Range};
use ui::{Icon, Menu, lucide};

/// The days that are looked at, and the choice of others. `address` makes the address of a range.
#[component]
pub(super) fn RangeMenu(
    range: Range,
    days: DayRange,
    /// The page.
    action: &'static str,
    /// What else the address says: names and values.
    keeps: Vec<(&'static str, String)>,
    #[prop(into)] address: Callback<Range, String>,
) -> impl IntoView {
    let words = use_words();
    let w = words.analytics();
    let locale = use_locale();
    let name = move |range: Range| match range {
        Range::Week => w.last_days(7),
        Range::Month => w.last_days(28),
        Range::Quarter => w.last_days(90),
        Range::Year => w.last_months(12),
        Range::Long => w.last_months(18),
        Range::Between(_) => w.other_days().to_owned(),
    };
    let links = Range::NAMED.map(|choice| {
        view! {
            <li>
                <a
                    class="menu-item"
                    href=address.run(choice)
                    aria-current=(choice == range).then_some("true")
                    data-noscroll=""
                >
                    {name(choice)}
                </a>
            </li>
        }
    });
    let kept = keeps.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> });
    let before = days.before().map(|before| w.against(&format::days(locale, before.from, before.to)));
    let trigger = move || {
        view! {
            <Icon shape=lucide::CALENDAR_DAYS />
            <span class="num">{format::days(locale, days.from, days.to)}</span>
        }
    };
    view! {
        <Menu id="range" label=w.range() trigger trigger_class="button is-small">
            {links.collect_view()}
            <li>
                <p class="menu-head">{w.other_days()}</p>
                <Form method="GET" action=action noscroll=true attr:class="range-form">
                    {kept.collect_view()}
                    <label>
                        <span>{w.from()}</span>
                        <input class="input" type="date" name="from" value=days.from.to_string() required />
                    </label>
                    <label>
                        <span>{w.to()}</span>
                        <input class="input" type="date" name="to" value=days.to.to_string() required />
                    </label>
                    <button class="button is-small" type="submit">
                        {w.show()}
                    </button>
                </Form>
            </li>
        </Menu>
        <span class="small muted only-wide">{before}</span>
    }
    .into_any()
}
