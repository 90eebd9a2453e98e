use crate::components::ErrorBanner;
use crate::state::{use_toasts, use_words};
use crate::words::describe;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use model::ApiError;
use ui::Tone;

/// Says by a toast how each call of `action` ended; after a success, `done` says what is done and `then` follows.
pub fn tell<S>(
    action: ServerAction<S>,
    done: impl Fn(&S::Output) -> String + 'static,
    then: impl Fn() + 'static,
) where
    S: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    tell_in_tone(action, move |output| (Tone::Good, done(output)), then);
}

/// The same for a success that may leave something to do.
pub fn tell_in_tone<S>(
    action: ServerAction<S>,
    done: impl Fn(&S::Output) -> (Tone, String) + 'static,
    then: impl Fn() + 'static,
) where
    S: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    let words = use_words();
    let toasts = use_toasts();
    Effect::new(move |before: Option<usize>| {
        let version = action.version().get();
        if before.is_some_and(|before| before != version) {
            let ended = action.value().with_untracked(|value| match value {
                Some(Ok(output)) => Some(done(output)),
                Some(Err(error)) => {
                    let told = describe(words, error);
                    Some((Tone::Bad, format!("{} {}", told.title, told.text)))
                }
                None => None,
            });
            if let Some((tone, text)) = ended {
                toasts.show(tone, text);
                if tone != Tone::Bad {
                    then();
                }
            }
        }
        version
    });
}

/// The error with which the page came back from a form sent without wasm.
pub fn error_at_first<S>(action: ServerAction<S>) -> Option<ApiError>
where
    S: ServerFn<Error = ApiError> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    action.value().with_untracked(|value| value.as_ref().and_then(|result| result.as_ref().err().cloned()))
}

/// The first of those errors.
#[component]
pub fn PlainFormError(errors: Vec<Option<ApiError>>) -> impl IntoView {
    let first = errors.into_iter().flatten().next();
    view! { <ErrorBanner error=Signal::stored(first) /> }
}
