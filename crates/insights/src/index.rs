//! Courses of very different height on one axis.

/// Every value as a percentage of the first that is known and not 0; none where there is no such.
pub fn indexed(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let base = values.iter().flatten().copied().find(|value| *value != 0.0);
    values.iter().map(|value| Some(value.as_ref()? / base? * 100.0)).collect()
}

#[cfg(test)]
mod tests {
    use super::indexed;

    #[test]
    fn courses_begin_at_100() {
        let values = [None, Some(0.0), Some(50.0), None, Some(75.0), Some(25.0)];
        assert_eq!(indexed(&values), [None, Some(0.0), Some(100.0), None, Some(150.0), Some(50.0)]);
        assert_eq!(indexed(&[None, Some(0.0)]), [None, None]);
    }

    #[test]
    fn scaling_a_course_changes_nothing() {
        let values: Vec<Option<f64>> = (0..100).map(|n| (n % 7 != 0).then(|| f64::from(n * n + 3))).collect();
        let scaled: Vec<Option<f64>> = values.iter().map(|value| value.map(|value| value * 8.0)).collect();
        assert_eq!(indexed(&values), indexed(&scaled));
    }
}
