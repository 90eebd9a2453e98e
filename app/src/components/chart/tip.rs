use super::Written;
use charts::{Lines, Palette};
use leptos::prelude::document;
use web_sys::Element;

/// What is told beside the pointer: the day, and the value of each line there. Made of elements, so that no name is read as
/// markup.
pub(super) fn tip(day: usize, lines: &Lines, palette: &Palette, written: Written) -> Option<Element> {
    let tip = document().create_element("div").ok()?;
    add(&tip, "p", lines.days.get(day)?)?;
    let list = add(&tip, "dl", "")?;
    for line in &lines.lines {
        let Some(Some(value)) = line.values.get(day) else { continue };
        let name = add(&list, "dt", &line.name)?;
        let dash = if line.role.is_dashed() { "dashed" } else { "solid" };
        let style = format!("--c: {}; --dash: {dash}", line.role.colour(palette));
        // Fails only for a name that isn't one.
        drop(name.set_attribute("style", &style));
        add(&list, "dd", &written.exact(*value))?;
    }
    Some(tip)
}

fn add(parent: &Element, tag: &str, text: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    element.set_text_content(Some(text));
    parent.append_child(&element).ok()?;
    Some(element)
}
