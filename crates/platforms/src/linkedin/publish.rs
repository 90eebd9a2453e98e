//! Posts: <https://learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api>, images: `…/images-api`.

use super::LinkedIn;
use crate::contract::{
    Access, Deleted, Failure, FailureKind, Look, MediaSource, Payload, Prepare, Progress, RemotePost,
};
use crate::failure::Call;
use chrono::{DateTime, TimeDelta, Utc};
use http::header::CONTENT_TYPE;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::{Url, form_urlencoded};

/// After this long a resend could pass the refusal of doubles, whose memory is not documented.
const RESEND_WITHIN: TimeDelta = TimeDelta::minutes(10);

#[derive(Default, Serialize, Deserialize)]
struct Uploads {
    #[serde(default)]
    images: Vec<Upload>,
}

#[derive(Serialize, Deserialize)]
struct Upload {
    urn: String,
    /// Where the bytes go; `None` once they are there.
    upload_url: Option<String>,
}

#[derive(Deserialize)]
struct Initialized {
    value: Place,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Place {
    upload_url: String,
    image: String,
}

fn author(access: &Access) -> String {
    format!("urn:li:person:{}", access.remote_id)
}

impl LinkedIn {
    pub(super) async fn upload_next(
        &self,
        access: &Access,
        payload: &Payload,
        source: &dyn MediaSource,
        progress: &Progress,
    ) -> Result<Prepare, Failure> {
        let mut uploads: Uploads = progress.read();
        for (index, medium) in payload.media.iter().enumerate() {
            let Some(upload) = uploads.images.get_mut(index) else {
                let place = self.initialize(access).await?;
                uploads.images.push(Upload { urn: place.image, upload_url: Some(place.upload_url) });
                return Ok(Prepare::Stored(Progress::of(&uploads)));
            };
            if let Some(url) = upload.upload_url.take() {
                self.check_upload_host(&url)?;
                let request =
                    self.http.put(url).header(CONTENT_TYPE, &medium.mime).body(source.bytes(medium).await?);
                self.ask(access, request, Call::Repeatable).await?;
                return Ok(Prepare::Stored(Progress::of(&uploads)));
            }
        }
        Ok(Prepare::Ready)
    }

    async fn initialize(&self, access: &Access) -> Result<Place, Failure> {
        let request = self
            .http
            .post(self.settings.api_base.at("/rest/images?action=initializeUpload"))
            .json(&json!({ "initializeUploadRequest": { "owner": author(access) } }));
        let answer = self.ask(access, request, Call::Repeatable).await?;
        Ok(answer.json::<Initialized>().map_err(|_| Call::Repeatable.unreadable(&answer))?.value)
    }

    /// The token goes with the bytes, so the address must be the platform's own.
    fn check_upload_host(&self, url: &str) -> Result<(), Failure> {
        let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        let own = [&self.settings.api_base, &self.settings.www_base];
        if own.iter().any(|base| base.url().host_str() == Some(&host)) || host.ends_with(".linkedin.com") {
            return Ok(());
        }
        Err(Failure::rejected(format!(
            "LinkedIn named {host} for the upload, which is not one of its hosts."
        )))
    }

    pub(super) async fn create(
        &self,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
    ) -> Result<RemotePost, Failure> {
        let request = self.http.post(self.settings.api_base.at("/rest/posts")).json(&post(
            access,
            payload,
            progress.read::<Uploads>(),
        ));
        let answer = self.ask(access, request, Call::Commit).await?;
        // The body is empty; the id is a header.
        let urn = answer.header("x-restli-id").ok_or_else(|| Call::Commit.unreadable(&answer))?.to_owned();
        Ok(RemotePost { url: Some(self.public_url(&urn)), id: urn, published_at: Some(self.clock.now()) })
    }

    /// Members' posts can't be listed by self-serve apps, but LinkedIn refuses doubles and names the earlier post
    /// (<https://github.com/Arisamiga/Linkedin-RSS/issues/5>): sending again either finds the post or makes it, once.
    pub(super) async fn send_again(
        &self,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
        since: DateTime<Utc>,
    ) -> Result<Look, Failure> {
        if self.clock.now() - since > RESEND_WITHIN {
            return Ok(Look::Undecidable(
                "LinkedIn doesn't list members' posts to apps, and it is too late to send the post again safely."
                    .to_owned(),
            ));
        }
        match self.create(access, payload, progress).await {
            Ok(post) => Ok(Look::Found(vec![post])),
            Err(failure) => match failure.kind {
                FailureKind::Duplicate { remote_id: Some(urn) } => Ok(Look::Found(vec![RemotePost {
                    url: Some(self.public_url(&urn)),
                    id: urn,
                    published_at: None,
                }])),
                FailureKind::Duplicate { remote_id: None } => {
                    Ok(Look::Undecidable("LinkedIn says that the post is there, but not where.".to_owned()))
                }
                // Refused for what it says: it can't have been accepted before.
                FailureKind::Rejected => Ok(Look::Absent),
                // Unclear once more: the next look tells.
                FailureKind::Unknown => Err(Failure { kind: FailureKind::Transient, ..failure }),
                _ => Err(failure),
            },
        }
    }

    pub(super) async fn remove(&self, access: &Access, remote_id: &str) -> Result<Deleted, Failure> {
        let urn: String = form_urlencoded::byte_serialize(remote_id.as_bytes()).collect();
        let request = self
            .http
            .delete(self.settings.api_base.at(&format!("/rest/posts/{urn}")))
            .header("X-RestLi-Method", "DELETE");
        // Documented as idempotent.
        match self.ask(access, request, Call::Repeatable).await {
            Ok(_) => Ok(Deleted::Gone),
            Err(failure) if failure.code.as_deref().is_some_and(|c| c == "404" || c == "NOT_FOUND") => {
                Ok(Deleted::Gone)
            }
            Err(failure) => Err(failure),
        }
    }
}

fn post(access: &Access, payload: &Payload, uploads: Uploads) -> Value {
    let mut post = json!({
        "author": author(access),
        "commentary": model::text::linkedin::escape(&payload.text),
        "visibility": "PUBLIC",
        "distribution": {
            "feedDistribution": "MAIN_FEED",
            "targetEntities": [],
            "thirdPartyDistributionChannels": [],
        },
        "lifecycleState": "PUBLISHED",
        "isReshareDisabledByAuthor": false,
    });
    let mut images: Vec<Value> = payload
        .media
        .iter()
        .zip(uploads.images)
        .map(|(medium, upload)| match medium.alt.as_str() {
            "" => json!({ "id": upload.urn }),
            alt => json!({ "id": upload.urn, "altText": alt }),
        })
        .collect();
    match images.len() {
        0 => {}
        1 => post["content"] = json!({ "media": images.remove(0) }),
        _ => post["content"] = json!({ "multiImage": { "images": images } }),
    }
    post
}
