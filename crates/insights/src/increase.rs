//! What came in between two counts, for platforms that tell totals only.

use model::statistics::Counts;

/// What a post has gained. A total that went down, as when somebody takes a like back, has gained nothing; what either count
/// doesn't tell is unknown.
pub fn increase(before: &Counts, after: &Counts) -> Counts {
    before.zip(after, |before, after| Some((after? - before?).max(0)))
}

/// A count that came in over some days, spread evenly: nobody knows better. What doesn't divide goes to the last days. No days
/// are none.
pub fn spread(count: i64, days: usize) -> Vec<i64> {
    let Some(number) = i64::try_from(days).ok().filter(|number| *number > 0) else { return Vec::new() };
    let (each, rest) = (count.div_euclid(number), count.rem_euclid(number));
    (0..number).map(|place| each + i64::from(place >= number - rest)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_told_twice_is_unknown() {
        let before = Counts { likes: Some(10), comments: Some(5), saves: Some(1), ..Counts::default() };
        let after = Counts { likes: Some(14), comments: Some(4), views: Some(90), ..Counts::default() };
        let gained = Counts { likes: Some(4), comments: Some(0), ..Counts::default() };
        assert_eq!(increase(&before, &after), gained);
    }

    #[test]
    fn nothing_is_lost_or_made_by_spreading() {
        assert_eq!(spread(10, 4), [2, 2, 3, 3]);
        assert_eq!(spread(1, 3), [0, 0, 1]);
        assert!(spread(5, 0).is_empty());
        for count in 0..60 {
            for days in 1..20 {
                let spread = spread(count, days);
                assert_eq!((spread.len(), spread.iter().sum::<i64>()), (days, count));
                assert!(spread.is_sorted() && spread[days - 1] - spread[0] <= 1, "{spread:?}");
            }
        }
    }
}
