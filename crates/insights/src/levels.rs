//! How many followed on past days, for platforms that tell only how many came and went.

/// The followers at the end of each day, from how many each day gained (in order of time) and how many follow after the last. A
/// day of which it isn't told is taken to have gained none.
pub fn levels_back(gained: &[Option<i64>], now: i64) -> Vec<i64> {
    let mut level = now;
    let mut levels: Vec<i64> = gained
        .iter()
        .rev()
        .map(|gained| {
            let end = level;
            level = (level - gained.unwrap_or(0)).max(0);
            end
        })
        .collect();
    levels.reverse();
    levels
}

#[cfg(test)]
mod tests {
    use super::levels_back;

    #[test]
    fn each_day_ends_where_the_next_begins() {
        assert_eq!(levels_back(&[Some(5), None, Some(-2), Some(3)], 100), [99, 99, 97, 100]);
        assert_eq!(levels_back(&[], 100), [] as [i64; 0]);
        assert_eq!(levels_back(&[Some(1), Some(9)], 5), [0, 5], "never below 0");
    }
}
