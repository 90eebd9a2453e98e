//! The images of a scheduled post, made before its time.

use super::Posts;
use model::post::{PostMedia, PostView};
use model::{Platform, TargetState, WorkspaceId};
use std::collections::BTreeSet;

impl Posts {
    /// Begins to make what the platforms take of the post's images, so that it is there at the due time. The person doesn't wait for
    /// it, and what fails here is made or told then.
    pub(super) fn prepare_images(&self, workspace: WorkspaceId, post: &PostView) {
        // What is due now is made by who publishes it.
        let later = post.due_at.as_ref().is_some_and(|due| due.utc > self.now());
        if !later {
            return;
        }
        let waiting = post.targets.iter().filter(|target| target.state == TargetState::Scheduled);
        let platforms: BTreeSet<Platform> = waiting.map(|target| target.platform).collect();
        let wanted: Vec<(Platform, PostMedia)> = platforms
            .into_iter()
            .flat_map(|platform| {
                post.input.media_for(platform).iter().map(move |item| (platform, item.clone()))
            })
            .collect();
        if wanted.is_empty() {
            return;
        }
        let context = self.context.clone();
        tokio::spawn(async move {
            for (platform, item) in wanted {
                let made = crate::media::rendition_for(&context, workspace, &item, platform).await;
                if let Err(error) = made {
                    tracing::warn!(media.id = %item.media, %platform, %error, "an image was not made before its time");
                }
            }
        });
    }
}
