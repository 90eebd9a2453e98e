//! Facebook Login: <https://developers.facebook.com/docs/facebook-login/guides/advanced/manual-flow>, long-lived tokens:
//! <https://developers.facebook.com/docs/facebook-login/guides/access-tokens/get-long-lived>.

use super::{Facebook, PAGE_FIELDS, Page};
use crate::contract::{
    AuthorizeRequest, ConnectFailure, Consent, Failure, FailureKind, RemoteAccount, Tokens, consent_url,
    same_host,
};
use crate::failure::Call;
use crate::graph::List;
use crate::oauth::missing;
use crate::secret::Secret;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use url::Url;

pub(super) const SCOPES: [&str; 4] =
    ["pages_show_list", "pages_read_engagement", "pages_manage_posts", "read_insights"];
/// Pages of a hundred in the list of a person's Pages.
const MAX_LISTS: usize = 20;

#[derive(Deserialize)]
struct Token {
    access_token: Secret,
}

#[derive(Deserialize)]
struct Me {
    id: String,
}

#[derive(Deserialize)]
struct Permission {
    permission: String,
    status: String,
}

impl Facebook {
    pub(super) fn consent_page(&self, request: &AuthorizeRequest) -> Result<Url, ConnectFailure> {
        if self.settings.client_id.is_empty() || self.settings.client_secret.is_empty() {
            return Err(ConnectFailure::NotConfigured);
        }
        consent_url(
            &self.settings.dialog_base.at(&format!("/{}/dialog/oauth", self.settings.version)),
            &[
                ("client_id", &self.settings.client_id),
                ("redirect_uri", &request.redirect_uri),
                ("state", &request.state),
                ("response_type", "code"),
                ("scope", &SCOPES.join(",")),
                // Asks again for what was declined before: who reconnects wants it.
                ("auth_type", "rerequest"),
            ],
        )
    }

    async fn read<T: DeserializeOwned>(&self, path: &str, query: &[(&str, &str)]) -> Result<T, Failure> {
        let answer = self.send(self.http.get(self.graph(path)).query(query), Call::Repeatable).await?;
        answer.json().map_err(|_| Call::Repeatable.unreadable(&answer))
    }

    pub(super) async fn consent(&self, code: &str, redirect_uri: &str) -> Result<Consent, Failure> {
        let (id, secret) = (self.settings.client_id.as_str(), self.settings.client_secret.expose());
        let short: Token = self
            .read(
                "/oauth/access_token",
                &[
                    ("client_id", id),
                    ("redirect_uri", redirect_uri),
                    ("client_secret", secret),
                    ("code", code),
                ],
            )
            .await?;
        let long: Token = self
            .read(
                "/oauth/access_token",
                &[
                    ("grant_type", "fb_exchange_token"),
                    ("client_id", id),
                    ("client_secret", secret),
                    ("fb_exchange_token", short.access_token.expose()),
                ],
            )
            .await?;
        let token = [("access_token", long.access_token.expose())];
        let me: Me = self.read("/me", &[("fields", "id"), token[0]]).await?;
        let permissions: List<Permission> = self.read("/me/permissions", &token).await?;
        let granted: Vec<String> =
            permissions.data.into_iter().filter(|p| p.status == "granted").map(|p| p.permission).collect();
        let accounts = if granted.iter().any(|p| p == "pages_show_list") {
            self.pages(&long.access_token).await?
        } else {
            vec![]
        };
        Ok(Consent {
            host: self.settings.graph_base.as_str().to_owned(),
            subject: me.id,
            tokens: Tokens {
                access: long.access_token,
                refresh: None,
                // The person's token ends after 60 days, but posts go out with the Pages' tokens, which have no end when
                // made from a long-lived one.
                access_expires_at: None,
                refresh_expires_at: None,
            },
            missing_scopes: missing(&SCOPES.map(str::to_owned), &granted),
            granted_scopes: granted,
            accounts,
        })
    }

    /// The Pages where the person may publish.
    async fn pages(&self, token: &Secret) -> Result<Vec<RemoteAccount>, Failure> {
        let fields = format!("{PAGE_FIELDS},access_token,tasks");
        let mut pages = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..MAX_LISTS {
            let mut query =
                vec![("fields", fields.as_str()), ("limit", "100"), ("access_token", token.expose())];
            if let Some(after) = &after {
                query.push(("after", after));
            }
            let list: List<Page> = self.read("/me/accounts", &query).await?;
            let next = list.after();
            pages.extend(
                list.data
                    .into_iter()
                    .filter(|page| {
                        page.tasks
                            .as_ref()
                            .is_none_or(|tasks| tasks.iter().any(|task| task == "CREATE_CONTENT"))
                    })
                    .map(|page| self.account(page)),
            );
            if next.is_none() {
                break;
            }
            after = next;
        }
        Ok(pages)
    }

    /// Takes all permissions of the app back.
    pub(super) async fn end_consent(
        &self,
        host: &str,
        subject: &str,
        tokens: &Tokens,
    ) -> Result<(), Failure> {
        same_host(host, self.settings.graph_base.as_str())?;
        let request = self
            .http
            .delete(self.graph(&format!("/{subject}/permissions")))
            .query(&[("access_token", tokens.access.expose())]);
        match self.send(request, Call::Repeatable).await {
            Ok(_) => Ok(()),
            // The token is dead: there is nothing left to take back with it.
            Err(failure) if failure.kind == FailureKind::ReconnectRequired => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}
