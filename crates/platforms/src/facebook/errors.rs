//! Codes of publishing to Pages beyond those of the Graph API; subcodes as met by
//! <https://github.com/gitroomhq/postiz-app> (`facebook.provider.ts`).

use crate::contract::{Failure, FailureKind};
use crate::failure::Call;
use crate::graph::{self, GraphError};
use crate::http::Answer;
use chrono::{DateTime, Utc};

pub(super) fn failure(answer: &Answer, call: Call, now: DateTime<Utc>) -> Failure {
    graph::failure(answer, call, now, own)
}

fn own(error: &GraphError, call: Call) -> Option<FailureKind> {
    Some(match (error.code, error.subcode?) {
        // "Photos were already posted."
        (_, 1_366_051) => FailureKind::Duplicate { remote_id: None },
        // Posting too fast.
        (_, 1_390_008) => FailureKind::RateLimited { until: None },
        (_, 1_363_047 | 1_609_010) => call.unclear(),
        // Abusive content, a bad link, a bad file, too large a photo.
        (_, 1_346_003 | 1_609_008 | 2_069_019 | 1_366_046) => FailureKind::Rejected,
        // The Page must pass Facebook's publishing authorization or confirm an identity: only there.
        (_, 1_404_006 | 1_404_078 | 1_404_102 | 1_404_112 | 4_854_002) => FailureKind::Rejected,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::testing::answer;

    #[test]
    fn subcodes_decide_before_codes() {
        let kind = |code: i64, subcode: i64| {
            let body = format!(
                r#"{{"error":{{"message":"m","type":"OAuthException","code":{code},"error_subcode":{subcode}}}}}"#
            );
            failure(&answer(400, &[], &body), Call::Commit, DateTime::UNIX_EPOCH).kind
        };
        assert_eq!(kind(100, 1_366_051), FailureKind::Duplicate { remote_id: None });
        assert_eq!(kind(368, 1_390_008), FailureKind::RateLimited { until: None });
        assert_eq!(kind(200, 1_404_078), FailureKind::Rejected);
        assert_eq!(kind(1, 1_363_047), FailureKind::Unknown);
        assert_eq!(kind(190, 463), FailureKind::ReconnectRequired);
        assert_eq!(kind(506, 1_455_006), FailureKind::Duplicate { remote_id: None });
    }
}
