//! The images of a scheduled post, made before its time.

use super::Posts;
use model::post::{PostView, When};
use model::{Platform, TargetState, WorkspaceId};
use std::collections::BTreeSet;

impl Posts {
    /// Begins to make what the platforms take of the post's images, so that it is there at the due time. The person doesn't wait for
    /// it, and what fails here is made or told then. What is due now is made by who publishes it.
    pub(super) fn prepare_images(&self, workspace: WorkspaceId, post: &PostView, when: Option<&When>) {
        if !matches!(when, Some(When::At { .. } | When::Exactly { .. })) {
            return;
        }
        let waiting = post.targets.iter().filter(|target| target.state == TargetState::Scheduled);
        let platforms: BTreeSet<Platform> = waiting.map(|target| target.platform).collect();
        let media: Vec<_> = post.input.media.iter().map(|media| media.media).collect();
        if platforms.is_empty() || media.is_empty() {
            return;
        }
        let context = self.context.clone();
        tokio::spawn(async move {
            for platform in platforms {
                for media in &media {
                    let made = crate::media::rendition_for(&context, workspace, *media, platform).await;
                    if let Err(error) = made {
                        tracing::warn!(media.id = %media, %platform, %error, "an image was not made before its time");
                    }
                }
            }
        });
    }
}
