use leptos::prelude::*;

/// A column's head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub label: String,
    /// Class of the head's cell (`n` for figures); the rows' cells carry the same.
    pub class: &'static str,
    /// Only for assistive technology.
    pub hidden: bool,
}

impl Column {
    pub fn new(label: impl Into<String>, class: &'static str) -> Self {
        Self { label: label.into(), class, hidden: false }
    }

    pub fn hidden(label: impl Into<String>, class: &'static str) -> Self {
        Self { label: label.into(), class, hidden: true }
    }
}

/// A table with hairlines. The children are its `<tr>`s.
#[component]
pub fn Table(
    /// What the table holds, for assistive technology.
    #[prop(into)]
    caption: Signal<String>,
    columns: Vec<Column>,
    /// Further classes, such as the page's own.
    #[prop(optional, into)]
    class: String,
    /// Nothing in it takes the focus: where it is too wide, keys scroll the table itself.
    #[prop(optional)]
    figures_only: bool,
    children: Children,
) -> impl IntoView {
    let heads = columns
        .into_iter()
        .map(|column| {
            view! {
                <th scope="col" class=column.class>
                    <span class:visually-hidden=column.hidden>{column.label}</span>
                </th>
            }
        })
        .collect_view();
    view! {
        <div
            class="table-scroll"
            tabindex=figures_only.then_some("0")
            role=figures_only.then_some("group")
            aria-label=move || figures_only.then(|| caption.get())
        >
            <table class=format!("table {class}")>
                <caption class="visually-hidden">{caption}</caption>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{children()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
