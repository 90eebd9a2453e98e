use leptos::prelude::*;

/// Muted grounds that carry white letters with a contrast above 4.5 : 1.
const GROUNDS: [&str; 8] =
    ["#47684a", "#7a4a2b", "#264a6e", "#5a3b63", "#6b3d3d", "#3f5f66", "#5d5426", "#4b4a6b"];

/// Up to two first letters of the words of `name`; a middle dot for a name without letters.
pub fn initials(name: &str) -> String {
    let mut letters = name
        .split_whitespace()
        .filter_map(|word| word.chars().find(|c| c.is_alphanumeric()))
        .flat_map(char::to_uppercase);
    let first = letters.next();
    let last = letters.last();
    match (first, last) {
        (None, _) => "·".to_owned(),
        (Some(first), None) => first.to_string(),
        (Some(first), Some(last)) => format!("{first}{last}"),
    }
}

/// The same ground for the same name, on the server and in the browser.
fn ground(name: &str) -> &'static str {
    let sum = name.bytes().fold(0_usize, |sum, byte| sum.wrapping_mul(31).wrapping_add(usize::from(byte)));
    GROUNDS[sum % GROUNDS.len()]
}

/// A face: the picture at `src`, or the initials of `name`. Hidden from assistive technology, since the name stands
/// beside it. Children are laid over its corner.
#[component]
pub fn Avatar(
    #[prop(into)] name: String,
    #[prop(optional_no_strip, into)] src: Option<String>,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <span class="face" style=("--c", ground(&name)) aria-hidden="true">
            {match src {
                Some(src) => view! { <img src=src alt="" loading="lazy" /> }.into_any(),
                None => view! { <span>{initials(&name)}</span> }.into_any(),
            }}
            {children.map(|over| over())}
        </span>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_take_the_first_and_the_last_word() {
        assert_eq!(initials("Maison Verte"), "MV");
        assert_eq!(initials("Inès"), "I");
        assert_eq!(initials("José de la Cruz"), "JC");
        assert_eq!(initials("  "), "·");
        assert_eq!(initials("بيت الياسمين"), "با");
    }

    #[test]
    fn a_name_keeps_its_ground() {
        assert_eq!(ground("Maison Verte"), ground("Maison Verte"));
    }
}
