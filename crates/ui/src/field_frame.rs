use crate::mark::{Mark, MarkShape};
use leptos::prelude::*;

/// The ids of what describes a field, for `aria-describedby`.
pub(crate) fn described_by(id: &str, has_hint: bool, has_error: bool) -> Option<String> {
    match (has_hint, has_error) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-fault")),
        (true, true) => Some(format!("{id}-hint {id}-fault")),
    }
}

/// Label, hint and fault around an input with the id `id`.
#[component]
pub(crate) fn FieldFrame(
    id: String,
    label: Signal<String>,
    hint: Option<String>,
    error: Signal<Option<String>>,
    children: Children,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let fault_id = format!("{id}-fault");
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {children()}
            {hint.map(|text| view! { <p class="hint" id=hint_id>{text}</p> })}
            // The live region stands from the start, so that a fault that appears later is read out.
            <div class="field-fault" aria-live="polite">
                {move || {
                    error
                        .get()
                        .map(|text| {
                            view! {
                                <p class="fault" id=fault_id.clone() data-state="error">
                                    <Mark shape=MarkShape::OCTAGON />
                                    <span>{text}</span>
                                </p>
                            }
                        })
                }}
            </div>
        </div>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::described_by;

    #[test]
    fn names_only_what_is_there() {
        assert_eq!(described_by("email", false, false), None);
        assert_eq!(described_by("email", true, true).as_deref(), Some("email-hint email-fault"));
    }
}
