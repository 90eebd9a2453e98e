//! The composer's form as a browser without wasm sends it.

use super::{PlainMedia, PostView, SavePost, When};
use crate::request;
use crate::state::with_fault;
use chrono::NaiveDateTime;
use model::post::{PostInput, PostMedia};
use model::{ApiError, ApiResult, PostId, Problem};

/// The fields as sent.
pub(super) struct Form {
    pub(super) post: String,
    pub(super) version: String,
    pub(super) text: String,
    pub(super) accounts: Vec<String>,
    pub(super) media: Vec<PlainMedia>,
    pub(super) local: String,
    pub(super) act: String,
}

fn bad(field: &str) -> ApiError {
    ApiError::invalid(field, Problem::BadValue)
}

impl Form {
    /// As a save without a time. What the form can't change stays as `before` has it.
    fn save(&self, before: &PostInput) -> ApiResult<SavePost> {
        let accounts = self
            .accounts
            .iter()
            .map(|id| id.parse().map_err(|_| bad("accounts")))
            .collect::<Result<_, _>>()?;
        let media = self
            .media
            .iter()
            .map(|m| {
                let media = m.id.parse().map_err(|_| bad("media"))?;
                let crop = before.media.iter().find(|item| item.media == media).and_then(|item| item.crop);
                Ok(PostMedia { media, alt: m.alt.clone(), crop })
            })
            .collect::<ApiResult<_>>()?;
        // Browsers send line ends of a text field as CR LF.
        let text = self.text.replace("\r\n", "\n");
        let post = self.post()?;
        let version = (!self.version.is_empty())
            .then(|| self.version.parse().map_err(|_| bad("version")))
            .transpose()?;
        Ok(SavePost {
            post,
            version,
            key: None,
            input: PostInput { text, media, accounts, variants: before.variants.clone() },
            when: None,
        })
    }

    fn post(&self) -> ApiResult<Option<PostId>> {
        (!self.post.is_empty()).then(|| self.post.parse().map_err(|_| bad("post"))).transpose()
    }

    /// The time asked for; `None` for a draft.
    fn when(&self, zone: &str) -> ApiResult<Option<When>> {
        match self.act.as_str() {
            "now" => Ok(Some(When::Now)),
            "schedule" => {
                let local: NaiveDateTime = NaiveDateTime::parse_from_str(&self.local, "%Y-%m-%dT%H:%M")
                    .map_err(|_| ApiError::invalid("local", Problem::BadTime))?;
                Ok(Some(When::At { local, zone: zone.to_owned() }))
            }
            _ => Ok(None),
        }
    }
}

/// A new post is first kept as a draft, so that a refused time loses no text; the answer is always a page.
pub(super) async fn compose(form: Form) -> ApiResult<()> {
    let actor = request::actor()?;
    let zone = request::session()?.membership().map(|m| m.zone.clone()).unwrap_or_default();
    let posts = request::services()?.posts;
    let before = match form.post()? {
        Some(post) => posts.get(actor, post).await?.input,
        None => PostInput::default(),
    };
    let mut save = form.save(&before)?;
    if save.post.is_none() {
        let draft = posts.save(actor, save.clone()).await?;
        (save.post, save.version) = (Some(draft.id), Some(draft.version));
    }
    let done: ApiResult<PostView> = async {
        save.when = form.when(&zone)?;
        posts.save(actor, save.clone()).await
    }
    .await;
    match (done, save.post) {
        (Ok(view), _) if save.when.is_some() => request::go_to(&format!("/posts/{}", view.id)),
        (Ok(_), _) => request::go_to("/posts"),
        (Err(error), Some(post)) => request::go_to(&with_fault(&format!("/posts/{post}/edit"), &error)),
        (Err(error), None) => return Err(error),
    }
    Ok(())
}
