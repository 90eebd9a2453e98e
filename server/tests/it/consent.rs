//! The consent pages of the simulated platforms, as a browser fills them in.

use reqwest::header::LOCATION;
use reqwest::redirect::Policy;
use url::Url;

/// What the person says.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Decision<'a> {
    Deny,
    /// To everything that is asked for.
    Approve,
    /// To all but this permission.
    Without(&'a str),
}

/// Stays where it is sent, as our own pages and the platforms' have to be looked at one by one.
pub(crate) fn client() -> reqwest::Client {
    // An error only says that somebody else was first.
    drop(rustls::crypto::ring::default_provider().install_default());
    #[expect(clippy::disallowed_methods, reason = "talks to servers of the test, on loopback")]
    reqwest::Client::builder().no_proxy().redirect(Policy::none()).build().unwrap()
}

/// Fills in the form of a consent page; gives the address that it sends the person back to.
pub(crate) async fn decide(http: &reqwest::Client, page: &str, decision: Decision<'_>) -> Url {
    let shown = http.get(page).send().await.unwrap().text().await.unwrap();
    let unescape = |text: &str| text.replace("&amp;", "&").replace("&#38;", "&");
    let quoted = |rest: &str| unescape(rest.split('"').next().unwrap());
    let boxes: Vec<String> = shown.split("name=\"grants\" value=\"").skip(1).map(quoted).collect();
    let mut fields = vec![("decision", if matches!(decision, Decision::Deny) { "deny" } else { "approve" })];
    if !boxes.is_empty() {
        fields.push(("scopes_shown", "1"));
    }
    if let Decision::Without(scope) = decision {
        assert!(boxes.iter().any(|shown| shown == scope), "{page} doesn't ask for {scope}: {boxes:?}");
    }
    let unticked = |scope: &str| matches!(decision, Decision::Without(other) if other == scope);
    fields.extend(boxes.iter().filter(|scope| !unticked(scope)).map(|scope| ("grants", scope.as_str())));
    let action = shown.split("action=\"").nth(1).map(quoted).unwrap_or_default();
    let target = Url::parse(page).unwrap().join(&action).unwrap();
    let answer = http.post(target).form(&fields).send().await.unwrap();
    let back = answer.headers()[LOCATION].to_str().unwrap();
    Url::parse(back).unwrap_or_else(|_| panic!("{page} sent the person to {back}"))
}
