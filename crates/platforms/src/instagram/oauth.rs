//! Business Login for Instagram:
//! <https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/business-login>.

use super::{Instagram, id};
use crate::contract::{AuthorizeRequest, ConnectFailure, Consent, Failure, Tokens, consent_url, same_host};
use crate::failure::Call;
use crate::oauth::{after, missing, split_scopes};
use crate::secret::Secret;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Deserialize;
use url::Url;

pub(super) const SCOPES: [&str; 3] =
    ["instagram_business_basic", "instagram_business_content_publish", "instagram_business_manage_insights"];
/// "Long-lived tokens are valid for 60 days", counted anew by each refresh.
const LIFE: TimeDelta = TimeDelta::days(60);
/// "at least 24 hours old"
const REFRESHABLE_AFTER: TimeDelta = TimeDelta::hours(24);

/// The first token comes bare or in a list of one: both are documented.
#[derive(Deserialize)]
#[serde(untagged)]
enum ShortAnswer {
    Listed { data: Vec<Short> },
    Bare(Short),
}

#[derive(Deserialize)]
struct Short {
    access_token: Secret,
    #[serde(default, deserialize_with = "id")]
    user_id: Option<String>,
    permissions: Option<Permissions>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Permissions {
    List(Vec<String>),
    Text(String),
}

#[derive(Deserialize)]
struct Long {
    access_token: Secret,
    expires_in: Option<u64>,
}

impl Long {
    fn tokens(self, now: DateTime<Utc>) -> Tokens {
        Tokens {
            access: self.access_token,
            refresh: None,
            access_expires_at: self.expires_in.map_or(Some(now + LIFE), |seconds| after(now, seconds)),
            refresh_expires_at: None,
        }
    }
}

impl Instagram {
    pub(super) fn consent_page(&self, request: &AuthorizeRequest) -> Result<Url, ConnectFailure> {
        if self.settings.client_id.is_empty() || self.settings.client_secret.is_empty() {
            return Err(ConnectFailure::NotConfigured);
        }
        consent_url(
            &self.settings.authorize_base.at("/oauth/authorize"),
            &[
                ("client_id", &self.settings.client_id),
                ("redirect_uri", &request.redirect_uri),
                ("response_type", "code"),
                ("scope", &SCOPES.join(",")),
                ("state", &request.state),
            ],
        )
    }

    pub(super) async fn consent(&self, code: &str, redirect_uri: &str) -> Result<Consent, Failure> {
        let form = [
            ("client_id", self.settings.client_id.as_str()),
            ("client_secret", self.settings.client_secret.expose()),
            ("grant_type", "authorization_code"),
            ("redirect_uri", redirect_uri),
            // "#_ will be appended to the end of the redirect URI, but it is not part of the code itself"
            ("code", code.trim_end_matches("#_")),
        ];
        let request = self.http.post(self.settings.api_base.at("/oauth/access_token")).form(&form);
        let answer = self.send(request, Call::Repeatable).await?;
        let short = match answer.json::<ShortAnswer>() {
            Ok(ShortAnswer::Bare(short)) => Some(short),
            Ok(ShortAnswer::Listed { data }) => data.into_iter().next(),
            Err(_) => None,
        }
        .ok_or_else(|| Call::Repeatable.unreadable(&answer))?;
        let asked = SCOPES.map(str::to_owned);
        let granted = match short.permissions {
            Some(Permissions::List(list)) => list,
            Some(Permissions::Text(text)) => split_scopes(&text).collect(),
            None => asked.to_vec(),
        };
        let long = self
            .token(
                "/access_token",
                &[
                    ("grant_type", "ig_exchange_token"),
                    ("client_secret", self.settings.client_secret.expose()),
                    ("access_token", short.access_token.expose()),
                ],
            )
            .await?;
        let accounts = if granted.iter().any(|scope| scope == "instagram_business_basic") {
            vec![self.me(&long.access_token).await?]
        } else {
            vec![]
        };
        let account = accounts.first().map(|account| account.remote_id.clone());
        Ok(Consent {
            host: self.settings.graph_base.as_str().to_owned(),
            subject: short.user_id.or(account).unwrap_or_default(),
            missing_scopes: missing(&asked, &granted),
            granted_scopes: granted,
            tokens: long.tokens(self.clock.now()),
            accounts,
        })
    }

    /// These two endpoints carry no version.
    async fn token(&self, path: &str, query: &[(&str, &str)]) -> Result<Long, Failure> {
        let request = self.http.get(self.settings.graph_base.at(path)).query(query);
        let answer = self.send(request, Call::Repeatable).await?;
        answer.json().map_err(|_| Call::Repeatable.unreadable(&answer))
    }

    /// A token younger than a day can't be refreshed yet and is given back as it is.
    pub(super) async fn renew(&self, host: &str, tokens: &Tokens) -> Result<Tokens, Failure> {
        same_host(host, self.settings.graph_base.as_str())?;
        let now = self.clock.now();
        match tokens.access_expires_at {
            Some(end) if end <= now => {
                return Err(Failure::reconnect("The Instagram token has expired: connect again."));
            }
            Some(end) if end - now > LIFE - REFRESHABLE_AFTER => return Ok(tokens.clone()),
            _ => {}
        }
        let query = [("grant_type", "ig_refresh_token"), ("access_token", tokens.access.expose())];
        Ok(self.token("/refresh_access_token", &query).await?.tokens(self.clock.now()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_token_is_read_in_both_shapes() {
        let bare =
            r#"{"access_token":"EAACEdEose0","user_id":1020304,"permissions":["instagram_business_basic"]}"#;
        let listed = r#"{"data":[{"access_token":"EAACEdEose0","user_id":"1020304","permissions":"instagram_business_basic,instagram_business_content_publish"}]}"#;
        for body in [bare, listed] {
            let short = match serde_json::from_str::<ShortAnswer>(body).unwrap() {
                ShortAnswer::Bare(short) => short,
                ShortAnswer::Listed { data } => data.into_iter().next().unwrap(),
            };
            assert_eq!(short.user_id.as_deref(), Some("1020304"));
            assert_eq!(short.access_token.expose(), "EAACEdEose0");
        }
    }
}
