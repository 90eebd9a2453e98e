//! Container → status → publish: <https://developers.facebook.com/docs/instagram-platform/content-publishing>. Instagram
//! fetches images from our public address. The container is the guard against doubles: it is published once, and its
//! status tells whether that happened.

use super::{Instagram, errors};
use crate::contract::{
    Access, Failure, FailureKind, Look, MediaSource, Payload, PayloadMedia, Prepare, Progress, RemotePost,
};
use crate::facebook::graph_time;
use crate::failure::Call;
use crate::graph::List;
use crate::matching::{oldest, same_text};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::time::Duration;

/// Images are usually done within a few seconds.
const CHECK_AFTER: Duration = Duration::from_secs(2);

#[derive(Default, Serialize, Deserialize)]
struct Made {
    /// Containers of the images of a carousel.
    #[serde(default)]
    children: Vec<String>,
    /// The container that is published.
    container: Option<String>,
}

#[derive(Deserialize)]
struct Id {
    id: String,
}

#[derive(Deserialize)]
struct Status {
    status_code: String,
    #[serde(default)]
    status: String,
}

#[derive(Deserialize)]
struct Listed {
    id: String,
    caption: Option<String>,
    timestamp: Option<String>,
    permalink: Option<String>,
}

#[derive(Deserialize)]
struct Link {
    permalink: Option<String>,
}

impl Instagram {
    async fn post(
        &self,
        access: &Access,
        edge: &str,
        mut form: Vec<(&str, &str)>,
        call: Call,
    ) -> Result<String, Failure> {
        self.check(access)?;
        form.push(("access_token", access.token.expose()));
        let request = self.http.post(self.graph(&format!("/{}/{edge}", access.remote_id))).form(&form);
        let answer = self.send(request, call).await?;
        Ok(answer.json::<Id>().map_err(|_| call.unreadable(&answer))?.id)
    }

    pub(super) async fn make_next(
        &self,
        access: &Access,
        payload: &Payload,
        source: &dyn MediaSource,
        progress: &Progress,
    ) -> Result<Prepare, Failure> {
        let mut made: Made = progress.read();
        if let Some(container) = &made.container {
            let status: Status =
                self.get(access, &format!("/{container}"), &[("fields", "status_code,status")]).await?;
            return match status.status_code.as_str() {
                // `PUBLISHED` too: the commit finds out that it is done.
                "FINISHED" | "PUBLISHED" => Ok(Prepare::Ready),
                "IN_PROGRESS" => Ok(Prepare::Wait { progress: progress.clone(), check_after: CHECK_AFTER }),
                "EXPIRED" => Err(Failure::new(
                    FailureKind::Transient,
                    Some("EXPIRED".to_owned()),
                    "The prepared media was not published within a day.",
                )),
                _ => Err(errors::of_container(&status.status)),
            };
        }
        match payload.media.as_slice() {
            [] => return Err(Failure::rejected("Instagram needs at least one image.")),
            [image] => {
                made.container = Some(self.image(access, image, source, ("caption", &payload.text)).await?);
            }
            images => match images.get(made.children.len()) {
                Some(image) => {
                    made.children
                        .push(self.image(access, image, source, ("is_carousel_item", "true")).await?);
                }
                None => {
                    let children = made.children.join(",");
                    let form =
                        vec![("media_type", "CAROUSEL"), ("children", &children), ("caption", &payload.text)];
                    made.container = Some(self.post(access, "media", form, Call::Repeatable).await?);
                }
            },
        }
        Ok(Prepare::Stored(Progress::of(&made)))
    }

    async fn image(
        &self,
        access: &Access,
        image: &PayloadMedia,
        source: &dyn MediaSource,
        field: (&str, &str),
    ) -> Result<String, Failure> {
        let url = source.public_url(image)?;
        let mut form = vec![("image_url", url.as_str()), field];
        if !image.alt.is_empty() {
            form.push(("alt_text", &image.alt));
        }
        self.post(access, "media", form, Call::Repeatable).await
    }

    pub(super) async fn publish(&self, access: &Access, progress: &Progress) -> Result<RemotePost, Failure> {
        let made: Made = progress.read();
        let container = made.container.ok_or_else(|| Failure::transient("The media is not prepared yet."))?;
        match self.post(access, "media_publish", vec![("creation_id", &container)], Call::Commit).await {
            Ok(id) => Ok(RemotePost { id, url: None, published_at: Some(self.clock.now()) }),
            // Publishing a container again is refused, not doubled: then it was published before, and looking finds it.
            Err(failure) if failure.kind == FailureKind::Rejected => {
                match self
                    .get::<Status>(access, &format!("/{container}"), &[("fields", "status_code,status")])
                    .await
                {
                    Ok(status) if status.status_code == "PUBLISHED" => {
                        Err(Failure { kind: FailureKind::Unknown, ..failure })
                    }
                    _ => Err(failure),
                }
            }
            Err(failure) => Err(failure),
        }
    }

    pub(super) async fn find(
        &self,
        access: &Access,
        payload: &Payload,
        progress: &Progress,
        since: DateTime<Utc>,
    ) -> Result<Look, Failure> {
        let Some(container) = progress.read::<Made>().container else { return Ok(Look::Absent) };
        let status = match self
            .get::<Status>(access, &format!("/{container}"), &[("fields", "status_code,status")])
            .await
        {
            Ok(status) => status,
            Err(failure) if failure.kind == FailureKind::Rejected => {
                return Ok(Look::Undecidable("Instagram no longer knows the prepared media.".to_owned()));
            }
            Err(failure) => return Err(failure),
        };
        if status.status_code != "PUBLISHED" {
            return Ok(Look::Absent);
        }
        // The container doesn't name the media it became.
        let path = format!("/{}/media", access.remote_id);
        let list: List<Listed> =
            self.get(access, &path, &[("fields", "id,caption,timestamp,permalink")]).await?;
        let oldest = oldest(since).timestamp();
        let mut found: Vec<RemotePost> = list
            .data
            .into_iter()
            .filter_map(|media| {
                let at = media.timestamp.as_deref().and_then(graph_time);
                // Timestamps are whole seconds.
                let ours = at.is_none_or(|at| at.timestamp() >= oldest)
                    && same_text(&payload.text, media.caption.as_deref().unwrap_or_default());
                ours.then_some(RemotePost { id: media.id, url: media.permalink, published_at: at })
            })
            .collect();
        if found.is_empty() {
            // It is out, but not in the list yet.
            return Ok(Look::Processing);
        }
        // Lists are newest first.
        found.reverse();
        Ok(Look::Found(found))
    }

    pub(super) async fn link_of(&self, access: &Access, remote_id: &str) -> Result<Option<String>, Failure> {
        match self.get::<Link>(access, &format!("/{remote_id}"), &[("fields", "permalink")]).await {
            Ok(link) => Ok(link.permalink),
            // Just after publishing a media may not be readable yet (<https://github.com/gitroomhq/postiz-app/issues/1562>).
            Err(failure) if failure.code.as_deref() == Some("100/33") => {
                Err(Failure { kind: FailureKind::Transient, ..failure })
            }
            Err(failure) => Err(failure),
        }
    }
}
