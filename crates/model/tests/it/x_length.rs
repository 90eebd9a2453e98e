//! X's length against X's own library: the numbers in `x_lengths.json` were computed by npm twitter-text 3.1.0.

use model::Platform;
use model::text::counter;
use serde::Deserialize;

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    weighted: u32,
}

/// The emoji that the library counts by their parts, and we as one: see `text::x`.
const COUNTED_ONCE: &[&str] = &["🧑‍💻", "👩🏽‍🤝‍👨🏿", "🐶‍🔥", "👩‍⚕", "🕵‍♀️", "👁️‍🗨️", "🇦🇦", "😀\u{fe0f}"];

/// `⟦a×3⟧` stands for `aaa`.
fn expanded(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('⟦') {
        let Some((run, tail)) = after.split_once('⟧') else { panic!("{text}: no closing ⟧") };
        let Some((unit, times)) = run.rsplit_once('×') else { panic!("{text}: no ×") };
        let Ok(times) = times.parse() else { panic!("{text}: {times} is no number") };
        out.push_str(before);
        out.push_str(&unit.repeat(times));
        rest = tail;
    }
    out + rest
}

#[test]
fn the_length_is_the_one_of_the_library_but_for_new_emoji() {
    let file: File = serde_json::from_str(include_str!("x_lengths.json")).unwrap();
    assert!(file.cases.len() > 300);
    let wrong: Vec<_> = file
        .cases
        .iter()
        .filter_map(|case| {
            let once = COUNTED_ONCE.contains(&case.text.as_str());
            let used = counter(Platform::X, &expanded(&case.text)).used;
            (used != if once { 2 } else { case.weighted }).then_some((&case.text, case.weighted, used))
        })
        .collect();
    assert!(wrong.is_empty(), "text, library, ours: {wrong:#?}");
}

#[test]
fn the_overflow_begins_where_the_text_stops_fitting() {
    let file: File = serde_json::from_str(include_str!("x_lengths.json")).unwrap();
    for case in file.cases {
        // As long a text as fits, then the case: whatever is marked is in the case and what stands before it fits.
        let text = format!("{} {}", "a".repeat(279), expanded(&case.text));
        let counter = counter(Platform::X, &text);
        assert_eq!(counter.overflow.is_some(), counter.used > counter.max, "{}", case.text);
        if let Some(start) = counter.overflow {
            assert!(text.is_char_boundary(start) && start >= 280, "{}: {start}", case.text);
            assert!(model::text::counter(Platform::X, &text[..start]).used <= 280, "{}", case.text);
        }
    }
}
