//! Connecting Bluesky by host, handle and app password. The password is used once and not kept: what is stored are the tokens
//! of the session it opens.

use super::{adopt, refused};
use crate::Context;
use model::account::BlueskyInput;
use model::error::PlatformProblem;
use model::{AccountId, Actor, ApiError, ApiResult, FieldProblem, Permission, Platform, Problem};
use platforms::Secret;

pub(super) async fn connect(context: &Context, actor: Actor, input: BlueskyInput) -> ApiResult<AccountId> {
    actor.require(Permission::ManageAccounts)?;
    let password = Secret::new(input.app_password.trim());
    let handle = handle(&input.handle);
    let mut problems = Vec::new();
    if let Err(problem) = &handle {
        problems.push(FieldProblem { field: "handle".to_owned(), problem: problem.clone() });
    }
    if password.is_empty() {
        problems.push(FieldProblem { field: "app_password".to_owned(), problem: Problem::Required });
    }
    let handle = match handle {
        Ok(handle) if problems.is_empty() => handle,
        _ => return Err(ApiError::Invalid { problems }),
    };
    let network = context.registry.get(Platform::Bluesky);
    let host = match input.host.trim() {
        "" => network.host(),
        typed => context
            .registry
            .check_bluesky_server(typed)
            .await
            .map_err(|reason| ApiError::invalid("host", Problem::BadHost { reason }))?,
    };
    let no = |problem| refused(Platform::Bluesky, problem);
    let consent = network.sign_in(&host, &handle, &password).await.map_err(no)?;
    let added = adopt::adopt(context, actor, Platform::Bluesky, &consent, |_| true, None).await?;
    added.first().copied().ok_or_else(|| no(PlatformProblem::NothingToConnect))
}

/// A handle (`name.bsky.social`), a DID or an e-mail address, as `createSession` takes them:
/// <https://docs.bsky.app/docs/api/com-atproto-server-create-session>.
fn handle(typed: &str) -> Result<String, Problem> {
    // Copied from a page, handles come with invisible marks of writing direction.
    let is_mark = |c: &char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}');
    let visible: String = typed.chars().filter(|c| !is_mark(c)).collect();
    let handle = visible.trim().trim_start_matches('@').to_owned();
    if handle.trim().is_empty() {
        return Err(Problem::Required);
    }
    let good =
        handle.contains(['.', '@', ':']) && handle.len() <= 253 && !handle.contains(char::is_whitespace);
    if good { Ok(handle) } else { Err(Problem::BadHandle) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn handles_are_cleaned_and_checked() {
        assert_eq!(handle(" @maya.bsky.social "), Ok("maya.bsky.social".to_owned()));
        assert_eq!(handle("\u{202a}@maya.bsky.social\u{202c}"), Ok("maya.bsky.social".to_owned()));
        assert_eq!(handle("did:plc:abc"), Ok("did:plc:abc".to_owned()));
        assert_eq!(handle("maya"), Err(Problem::BadHandle));
        assert_eq!(handle("maya bsky.social"), Err(Problem::BadHandle));
        assert_eq!(handle("@ "), Err(Problem::Required));
    }
}
