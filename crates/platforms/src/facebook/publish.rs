//! Posts of a Page: <https://developers.facebook.com/docs/pages-api/posts>. Images are uploaded unpublished, then attached
//! to the post. There is no guard against doubles: after a lost answer only the Page's list tells.

use super::Facebook;
use crate::contract::{
    Access, Deleted, Failure, Look, MediaSource, Payload, PayloadMedia, Prepare, Progress, RemotePost,
};
use crate::failure::Call;
use crate::graph::List;
use crate::matching::{oldest, same_text};
use chrono::{DateTime, Utc};
use reqwest::multipart::{Form, Part};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Lists of a hundred posts that a look reads.
const LOOK_LISTS: usize = 5;

#[derive(Default, Serialize, Deserialize)]
struct Uploads {
    /// Unpublished photos, in the order of the images.
    #[serde(default)]
    photos: Vec<String>,
}

#[derive(Deserialize)]
struct Made {
    id: String,
    permalink_url: Option<String>,
}

#[derive(Deserialize)]
struct Listed {
    id: String,
    message: Option<String>,
    created_time: Option<String>,
    permalink_url: Option<String>,
}

#[derive(Deserialize)]
struct Link {
    permalink_url: Option<String>,
}

/// Graph writes the zone without a colon: `2026-11-21T06:00:00+0000`.
pub(crate) fn graph_time(text: &str) -> Option<DateTime<Utc>> {
    DateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%z").ok().map(|at| at.to_utc())
}

impl Facebook {
    pub(super) async fn upload_next(
        &self,
        access: &Access,
        payload: &Payload,
        source: &dyn MediaSource,
        progress: &Progress,
    ) -> Result<Prepare, Failure> {
        let mut uploads: Uploads = progress.read();
        let Some(medium) = payload.media.get(uploads.photos.len()) else { return Ok(Prepare::Ready) };
        uploads.photos.push(self.upload(access, medium, source).await?);
        Ok(Prepare::Stored(Progress::of(&uploads)))
    }

    async fn upload(
        &self,
        access: &Access,
        medium: &PayloadMedia,
        source: &dyn MediaSource,
    ) -> Result<String, Failure> {
        self.check(access)?;
        let part = Part::stream(source.bytes(medium).await?)
            .file_name("image")
            .mime_str(&medium.mime)
            .map_err(|_| Failure::rejected(format!("{:?} is not a media type.", medium.mime)))?;
        let mut form = Form::new()
            .text("access_token", access.token.expose().to_owned())
            .text("published", "false")
            .part("source", part);
        if !medium.alt.is_empty() {
            form = form.text("alt_text_custom", medium.alt.clone());
        }
        let request = self.http.post(self.graph(&format!("/{}/photos", access.remote_id))).multipart(form);
        let answer = self.send(request, Call::Repeatable).await?;
        Ok(answer.json::<Made>().map_err(|_| Call::Repeatable.unreadable(&answer))?.id)
    }

    pub(super) async fn create(
        &self,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
    ) -> Result<RemotePost, Failure> {
        self.check(access)?;
        let mut form = vec![
            ("access_token".to_owned(), access.token.expose().to_owned()),
            ("fields".to_owned(), "id,permalink_url".to_owned()),
        ];
        if !payload.text.is_empty() {
            form.push(("message".to_owned(), payload.text.clone()));
        }
        form.extend(
            progress
                .read::<Uploads>()
                .photos
                .into_iter()
                .enumerate()
                .map(|(i, id)| (format!("attached_media[{i}]"), json!({ "media_fbid": id }).to_string())),
        );
        let request = self.http.post(self.graph(&format!("/{}/feed", access.remote_id))).form(&form);
        let answer = self.send(request, Call::Commit).await?;
        let made = answer.json::<Made>().map_err(|_| Call::Commit.unreadable(&answer))?;
        Ok(RemotePost {
            url: Some(made.permalink_url.unwrap_or_else(|| self.public_url(&made.id))),
            id: made.id,
            published_at: Some(self.clock.now()),
        })
    }

    pub(super) fn public_url(&self, id: &str) -> String {
        self.settings.dialog_base.at(&format!("/{id}"))
    }

    pub(super) async fn find(
        &self,
        access: &Access,
        payload: &Payload,
        since: DateTime<Utc>,
    ) -> Result<Look, Failure> {
        self.check(access)?;
        let oldest = oldest(since);
        let start = oldest.timestamp().to_string();
        let url = self.graph(&format!("/{}/published_posts", access.remote_id));
        let mut found = Vec::new();
        let mut after: Option<String> = None;
        for _ in 0..LOOK_LISTS {
            let mut query = vec![
                ("fields", "id,message,created_time,permalink_url"),
                ("since", &start),
                ("limit", "100"),
                ("access_token", access.token.expose()),
            ];
            if let Some(after) = &after {
                query.push(("after", after));
            }
            let answer = self.send(self.http.get(&url).query(&query), Call::Repeatable).await?;
            let list: List<Listed> = answer.json().map_err(|_| Call::Repeatable.unreadable(&answer))?;
            after = list.after();
            found.extend(list.data.into_iter().filter_map(|post| {
                let at = post.created_time.as_deref().and_then(graph_time);
                // Created times are whole seconds.
                let ours = at.is_none_or(|at| at.timestamp() >= oldest.timestamp())
                    && same_text(&payload.text, post.message.as_deref().unwrap_or_default());
                ours.then(|| RemotePost {
                    url: Some(post.permalink_url.unwrap_or_else(|| self.public_url(&post.id))),
                    id: post.id,
                    published_at: at,
                })
            }));
            if after.is_none() {
                break;
            }
        }
        if found.is_empty() {
            return Ok(match after {
                Some(_) => Look::Undecidable("The Page has too many new posts to look through.".to_owned()),
                None => Look::Absent,
            });
        }
        // Lists are newest first.
        found.reverse();
        Ok(Look::Found(found))
    }

    pub(super) async fn link_of(&self, access: &Access, remote_id: &str) -> Result<Option<String>, Failure> {
        self.check(access)?;
        let request = self
            .http
            .get(self.graph(&format!("/{remote_id}")))
            .query(&[("fields", "permalink_url"), ("access_token", access.token.expose())]);
        let answer = self.send(request, Call::Repeatable).await?;
        Ok(answer.json::<Link>().map_err(|_| Call::Repeatable.unreadable(&answer))?.permalink_url)
    }

    pub(super) async fn remove(&self, access: &Access, remote_id: &str) -> Result<Deleted, Failure> {
        self.check(access)?;
        let request = self
            .http
            .delete(self.graph(&format!("/{remote_id}")))
            .query(&[("access_token", access.token.expose())]);
        match self.send(request, Call::Commit).await {
            Ok(_) => Ok(Deleted::Gone),
            // "Object does not exist": deleted already.
            Err(failure) if failure.code.as_deref() == Some("100/33") => Ok(Deleted::Gone),
            Err(failure) => Err(failure),
        }
    }
}
