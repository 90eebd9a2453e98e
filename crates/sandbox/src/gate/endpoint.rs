//! Which platform and which kind of call a request is.

use super::peek::Peeked;
use crate::faults::Endpoint;
use crate::state::Platform;
use http::Method;

pub(super) fn platform(path: &str) -> Option<Platform> {
    match path.trim_start_matches('/').split('/').next()? {
        "xrpc" => Some(Platform::Bluesky),
        key => Platform::from_key(key),
    }
}

pub(super) fn classify(platform: Platform, method: &Method, path: &str, peeked: &Peeked) -> Endpoint {
    let post = method == Method::POST;
    let ends = |end: &str| path.ends_with(end);
    match platform {
        Platform::X if ends("/oauth2/token") => Endpoint::Token,
        Platform::X if post && ends("/2/tweets") => Endpoint::Commit,
        Platform::X if post && path.contains("/2/media/") => Endpoint::Prepare,
        Platform::Facebook | Platform::Instagram
            if ends("/oauth/access_token") || ends("/access_token") || ends("/refresh_access_token") =>
        {
            Endpoint::Token
        }
        Platform::Facebook if post && ends("/feed") => Endpoint::Commit,
        Platform::Facebook if post && ends("/photos") => {
            if peeked.unpublished {
                Endpoint::Prepare
            } else {
                Endpoint::Commit
            }
        }
        Platform::Instagram if post && ends("/media_publish") => Endpoint::Commit,
        Platform::Instagram if post && ends("/media") => Endpoint::Prepare,
        Platform::Linkedin if ends("/accessToken") => Endpoint::Token,
        Platform::Linkedin if post && ends("/rest/posts") => Endpoint::Commit,
        Platform::Linkedin if path.contains("/rest/images") || path.contains("/upload/") => Endpoint::Prepare,
        Platform::Tiktok if path.contains("/v2/oauth/") => Endpoint::Token,
        Platform::Youtube if path.contains("/oauth2/") => Endpoint::Token,
        Platform::Bluesky if ends(".createSession") || ends(".refreshSession") => Endpoint::Token,
        Platform::Bluesky if ends(".createRecord") || ends(".putRecord") => Endpoint::Commit,
        Platform::Bluesky if ends(".uploadBlob") => Endpoint::Prepare,
        _ => Endpoint::Read,
    }
}
