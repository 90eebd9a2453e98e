//! Without which permissions an account is not worth connecting.

use model::Platform;

/// Permissions that publishing on time needs, or reading who it is where nothing is published; what else was not granted is only noted with the account.
const fn essential(platform: Platform) -> &'static [&'static str] {
    match platform {
        // Without `offline.access` a connection ends after two hours, before most posts are due:
        // <https://docs.x.com/fundamentals/authentication/oauth-2-0/authorization-code>.
        Platform::X => &["tweet.read", "tweet.write", "users.read", "offline.access"],
        // <https://developers.facebook.com/docs/pages-api/posts>
        Platform::Facebook => &["pages_show_list", "pages_manage_posts", "pages_read_engagement"],
        // <https://developers.facebook.com/docs/instagram-platform/instagram-api-with-instagram-login/content-publishing>
        Platform::Instagram => &["instagram_business_basic", "instagram_business_content_publish"],
        // <https://learn.microsoft.com/linkedin/consumer/integrations/self-serve/share-on-linkedin>
        Platform::LinkedIn => &["openid", "profile", "w_member_social"],
        Platform::Bluesky => &[],
        // <https://developers.tiktok.com/doc/tiktok-api-scopes/>
        Platform::TikTok => &["user.info.basic"],
        // <https://developers.google.com/youtube/v3/docs/channels/list>
        Platform::YouTube => &["https://www.googleapis.com/auth/youtube.readonly"],
    }
}

/// Those of `missing` that publishing can't do without.
pub(super) fn essential_among(platform: Platform, missing: &[String]) -> Vec<String> {
    missing.iter().filter(|scope| essential(platform).contains(&scope.as_str())).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_images_need_alone_is_not_essential() {
        let missing = ["media.write".to_owned(), "tweet.write".to_owned()];
        assert_eq!(essential_among(Platform::X, &missing), ["tweet.write"]);
        assert!(essential_among(Platform::X, &missing[..1]).is_empty());
    }
}
