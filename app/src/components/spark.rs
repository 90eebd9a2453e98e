use leptos::prelude::*;
use std::fmt::Write as _;

/// Of the drawing, in its own units.
const WIDTH: f64 = 100.0;
const HEIGHT: f64 = 28.0;
/// So that the line's width stays inside.
const EDGE: f64 = 2.0;
/// Days become at most so many points.
const POINTS: usize = 60;

/// A course as a small line, with gaps where nothing is known. `label` says what it is of.
#[component]
pub fn Spark(
    values: Vec<Option<f64>>,
    #[prop(into)] label: String,
    #[prop(into)] colour: String,
) -> impl IntoView {
    view! {
        <svg
            class="spark"
            viewBox="0 0 100 28"
            preserveAspectRatio="none"
            role="img"
            aria-label=label
            style=format!("--c: {colour}")
        >
            <path d=path(&thinned(values)) />
        </svg>
    }
}

/// Every so manieth value, the last among them.
fn thinned(values: Vec<Option<f64>>) -> Vec<Option<f64>> {
    let step = values.len().div_ceil(POINTS).max(1);
    let mut kept: Vec<Option<f64>> = values.into_iter().rev().step_by(step).collect();
    kept.reverse();
    kept
}

fn path(values: &[Option<f64>]) -> String {
    let known = || values.iter().flatten().copied();
    let (low, high) = (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let span = if high > low { high - low } else { 1.0 };
    let step = if values.len() > 1 { WIDTH / to_f64(values.len() - 1) } else { 0.0 };
    let mut path = String::new();
    let mut pen_down = false;
    for (place, value) in values.iter().enumerate() {
        let Some(value) = value else {
            pen_down = false;
            continue;
        };
        // A course that stands still runs through the middle.
        let share = if high > low { (value - low) / span } else { 0.5 };
        let (x, y) = (to_f64(place) * step, HEIGHT - EDGE - share * (HEIGHT - 2.0 * EDGE));
        // Writing to a string can't fail.
        let _ = write!(path, "{}{x:.1} {y:.1}", if pen_down { 'L' } else { 'M' });
        pen_down = true;
    }
    path
}

fn to_f64(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_course_goes_from_edge_to_edge_and_keeps_its_gaps() {
        assert_eq!(path(&[Some(0.0), Some(5.0), Some(10.0)]), "M0.0 26.0L50.0 14.0L100.0 2.0");
        assert_eq!(path(&[Some(1.0), None, Some(1.0)]), "M0.0 14.0M100.0 14.0");
        assert_eq!(path(&[None, None]), "");
        assert_eq!(path(&[]), "");
    }

    #[test]
    fn a_long_course_keeps_its_end() {
        let long: Vec<_> = (0..548_u32).map(|day| Some(f64::from(day))).collect();
        let short = thinned(long);
        assert!(short.len() <= POINTS);
        assert_eq!(short.last(), Some(&Some(547.0)));
    }
}
