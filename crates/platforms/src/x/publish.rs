//! Posts and their images: <https://docs.x.com/x-api/posts/create-post>, <https://docs.x.com/x-api/media/introduction>.

use super::statistics::PostMetrics;
use super::{Data, X, errors};
use crate::contract::{
    Access, Deleted, Failure, FailureKind, Look, MediaSource, Payload, PayloadMedia, Prepare, Progress,
    RemotePost,
};
use crate::failure::Call;
use crate::matching::{oldest, same_text};
use chrono::{DateTime, SecondsFormat, Utc};
use reqwest::multipart::{Form, Part};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::time::Duration;

/// Pages of the author's list that a look reads, a hundred posts each.
const LOOK_PAGES: usize = 5;
/// When X doesn't say when to ask again.
const CHECK_AFTER: Duration = Duration::from_secs(1);

/// What has been uploaded, in the order of the images.
#[derive(Default, Serialize, Deserialize)]
struct Uploads {
    #[serde(default)]
    images: Vec<Upload>,
}

#[derive(Serialize, Deserialize)]
struct Upload {
    id: String,
    /// Processing is over.
    ready: bool,
    /// The alternative text is there, where the image has one.
    described: bool,
}

#[derive(Deserialize)]
struct Uploaded {
    id: String,
    processing_info: Option<Processing>,
}

#[derive(Deserialize)]
struct Processing {
    state: String,
    check_after_secs: Option<u64>,
    error: Option<ProcessingError>,
}

#[derive(Deserialize)]
struct ProcessingError {
    message: Option<String>,
}

#[derive(Deserialize)]
struct Created {
    id: String,
}

#[derive(Deserialize)]
struct Removed {
    deleted: bool,
}

/// A list of posts.
#[derive(Deserialize)]
pub(super) struct Page {
    #[serde(default)]
    pub(super) data: Vec<Listed>,
    #[serde(default)]
    pub(super) meta: Meta,
}

#[derive(Default, Deserialize)]
pub(super) struct Meta {
    pub(super) next_token: Option<String>,
}

#[derive(Deserialize)]
pub(super) struct Listed {
    pub(super) id: String,
    text: String,
    pub(super) created_at: Option<DateTime<Utc>>,
    #[serde(default)]
    pub(super) public_metrics: PostMetrics,
    #[serde(default)]
    entities: Entities,
}

#[derive(Default, Deserialize)]
struct Entities {
    #[serde(default)]
    urls: Vec<ShortLink>,
}

#[derive(Deserialize)]
struct ShortLink {
    url: String,
    expanded_url: Option<String>,
    /// Only links to the post's own media have one.
    media_key: Option<String>,
}

impl Listed {
    /// The text with the links as they were written, and without the link to its own media.
    pub(super) fn expanded(&self) -> String {
        self.entities.urls.iter().fold(self.text.clone(), |text, link| {
            match (&link.media_key, &link.expanded_url) {
                (Some(_), _) => text.replace(&link.url, ""),
                (None, Some(expanded)) => text.replace(&link.url, expanded),
                (None, None) => text,
            }
        })
    }
}

impl X {
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
                let uploaded = self.upload(access, medium, source).await?;
                let wait = pending(uploaded.processing_info.as_ref())?;
                uploads.images.push(Upload { id: uploaded.id, ready: wait.is_none(), described: false });
                return Ok(step(&uploads, wait));
            };
            if !upload.ready {
                let wait = pending(self.status(access, &upload.id).await?.processing_info.as_ref())?;
                upload.ready = wait.is_none();
                return Ok(step(&uploads, wait));
            }
            if !upload.described && !medium.alt.is_empty() {
                self.describe(access, &upload.id, &medium.alt).await?;
                upload.described = true;
                return Ok(step(&uploads, None));
            }
        }
        Ok(Prepare::Ready)
    }

    async fn upload(
        &self,
        access: &Access,
        medium: &PayloadMedia,
        source: &dyn MediaSource,
    ) -> Result<Uploaded, Failure> {
        let category = if medium.mime == "image/gif" { "tweet_gif" } else { "tweet_image" };
        let part = Part::stream(source.bytes(medium).await?)
            .file_name("image")
            .mime_str(&medium.mime)
            .map_err(|_| Failure::rejected(format!("{:?} is not a media type.", medium.mime)))?;
        let form = Form::new()
            .text("media_category", category)
            .text("media_type", medium.mime.clone())
            .part("media", part);
        let request = self.http.post(self.api("/2/media/upload")).multipart(form);
        let answer = self.ask(access, request, Call::Repeatable).await?;
        let Data { data } =
            answer.json::<Data<Uploaded>>().map_err(|_| Call::Repeatable.unreadable(&answer))?;
        Ok(data)
    }

    async fn status(&self, access: &Access, id: &str) -> Result<Uploaded, Failure> {
        let request =
            self.http.get(self.api("/2/media/upload")).query(&[("command", "STATUS"), ("media_id", id)]);
        let answer = self.ask(access, request, Call::Repeatable).await?;
        let Data { data } =
            answer.json::<Data<Uploaded>>().map_err(|_| Call::Repeatable.unreadable(&answer))?;
        Ok(data)
    }

    async fn describe(&self, access: &Access, id: &str, alt: &str) -> Result<(), Failure> {
        let body = json!({ "id": id, "metadata": { "alt_text": { "text": alt } } });
        let request = self.http.post(self.api("/2/media/metadata")).json(&body);
        self.ask(access, request, Call::Repeatable).await.map(drop)
    }

    pub(super) async fn create(
        &self,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
    ) -> Result<RemotePost, Failure> {
        let ids: Vec<String> =
            progress.read::<Uploads>().images.into_iter().map(|upload| upload.id).collect();
        let mut body = json!({});
        if !payload.text.is_empty() {
            body["text"] = json!(payload.text);
        }
        if !ids.is_empty() {
            body["media"] = json!({ "media_ids": ids });
        }
        let answer =
            self.ask(access, self.http.post(self.api("/2/tweets")).json(&body), Call::Commit).await?;
        match answer.json::<Data<Created>>() {
            Ok(Data { data }) => Ok(RemotePost {
                url: Some(self.public_url(&access.handle, &data.id)),
                id: data.id,
                published_at: Some(self.clock.now()),
            }),
            Err(_) => {
                Err(errors::refused_with_success(&answer).unwrap_or_else(|| Call::Commit.unreadable(&answer)))
            }
        }
    }

    /// Reads the author's posts since the commit began.
    pub(super) async fn find(
        &self,
        access: &Access,
        payload: &Payload,
        since: DateTime<Utc>,
    ) -> Result<Look, Failure> {
        let oldest = oldest(since);
        let start = oldest.to_rfc3339_opts(SecondsFormat::Secs, true);
        let url = self.api(&format!("/2/users/{}/tweets", access.remote_id));
        let mut found = Vec::new();
        let mut next: Option<String> = None;
        for _ in 0..LOOK_PAGES {
            let mut request = self.http.get(&url).query(&[
                ("max_results", "100"),
                ("start_time", &start),
                ("tweet.fields", "created_at,entities"),
            ]);
            if let Some(token) = &next {
                request = request.query(&[("pagination_token", token)]);
            }
            let answer = self.ask(access, request, Call::Repeatable).await?;
            let page = answer.json::<Page>().map_err(|_| Call::Repeatable.unreadable(&answer))?;
            found.extend(page.data.into_iter().filter(|post| {
                post.created_at.is_none_or(|at| at >= oldest) && same_text(&payload.text, &post.expanded())
            }));
            next = page.meta.next_token;
            if next.is_none() {
                break;
            }
        }
        if found.is_empty() {
            return Ok(match next {
                Some(_) => {
                    Look::Undecidable("The account has too many new posts to look through.".to_owned())
                }
                None => Look::Absent,
            });
        }
        // Lists are newest first.
        Ok(Look::Found(
            found
                .into_iter()
                .rev()
                .map(|post| RemotePost {
                    url: Some(self.public_url(&access.handle, &post.id)),
                    id: post.id,
                    published_at: post.created_at,
                })
                .collect(),
        ))
    }

    pub(super) async fn remove(&self, access: &Access, remote_id: &str) -> Result<Deleted, Failure> {
        let request = self.http.delete(self.api(&format!("/2/tweets/{remote_id}")));
        let answer = match self.ask(access, request, Call::Commit).await {
            Ok(answer) => answer,
            Err(failure)
                if failure.code.as_deref().is_some_and(|c| c == "404" || c == "resource-not-found") =>
            {
                return Ok(Deleted::Gone);
            }
            Err(failure) => return Err(failure),
        };
        match answer.json::<Data<Removed>>() {
            Ok(Data { data: Removed { deleted: true } }) => Ok(Deleted::Gone),
            Ok(_) => Err(Failure::rejected("X did not delete the post.")),
            Err(_) => Err(Call::Commit.unreadable(&answer)),
        }
    }
}

fn step(uploads: &Uploads, wait: Option<Duration>) -> Prepare {
    let progress = Progress::of(uploads);
    match wait {
        Some(check_after) => Prepare::Wait { progress, check_after },
        None => Prepare::Stored(progress),
    }
}

/// How long to wait for the processing of an upload; absent or `succeeded` means that it is over.
fn pending(processing: Option<&Processing>) -> Result<Option<Duration>, Failure> {
    let Some(processing) = processing else { return Ok(None) };
    match processing.state.as_str() {
        "succeeded" => Ok(None),
        "failed" => Err(Failure::new(
            FailureKind::Rejected,
            Some("processing_failed".to_owned()),
            processing
                .error
                .as_ref()
                .and_then(|error| error.message.clone())
                .unwrap_or_else(|| "X could not process the image.".to_owned()),
        )),
        _ => Ok(Some(processing.check_after_secs.map_or(CHECK_AFTER, Duration::from_secs))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Entities as in <https://docs.x.com/x-api/fundamentals/data-dictionary#post>.
    #[test]
    fn short_links_are_expanded_before_texts_are_compared() {
        let listed: Listed = serde_json::from_str(
            r#"{"id":"1","text":"Read https://t.co/Aa1 &amp; smile https://t.co/Bb2","created_at":"2026-11-20T10:00:00.000Z",
                "entities":{"urls":[
                  {"start":5,"end":28,"url":"https://t.co/Aa1","expanded_url":"https://example.com/story","display_url":"example.com/story"},
                  {"start":40,"end":63,"url":"https://t.co/Bb2","expanded_url":"https://x.com/a/status/1/photo/1","media_key":"3_1"}]}}"#,
        )
        .unwrap();
        assert!(same_text("Read https://example.com/story & smile", &listed.expanded()));
        assert!(!same_text("Read https://example.com/other & smile", &listed.expanded()));
    }
}
