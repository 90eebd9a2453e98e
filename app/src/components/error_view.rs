use crate::components::{EntryPage, Page};
use crate::state::{use_words, with_next};
use crate::words::{ErrorWords, describe};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use model::ApiError;
use ui::{Banner, ButtonKind, ButtonLink, Tone};

/// The error of a form that no field of it shows: anything but faults of the `fields` named.
pub fn form_error(error: Option<ApiError>, fields: &[&str]) -> Option<ApiError> {
    match error? {
        ApiError::Invalid { problems } => {
            let elsewhere: Vec<_> =
                problems.into_iter().filter(|problem| !fields.contains(&problem.field.as_str())).collect();
            (!elsewhere.is_empty()).then_some(ApiError::Invalid { problems: elsewhere })
        }
        other => Some(other),
    }
}

/// An error above a form or a list; nothing while there is none.
#[component]
pub fn ErrorBanner(#[prop(into)] error: Signal<Option<ApiError>>) -> impl IntoView {
    let words = use_words();
    move || {
        error.get().map(|error| {
            let ErrorWords { title, text } = describe(words, &error);
            view! { <Banner tone=Tone::Bad title=title text=text /> }
        })
    }
}

/// An error in place of what could not be loaded, with the way on.
#[component]
pub fn ErrorView(error: ApiError) -> impl IntoView {
    let words = use_words();
    let ErrorWords { title, text } = describe(words, &error);
    let here = use_location();
    let path = move || format!("{}{}", here.pathname.get_untracked(), here.search.get_untracked());
    let act = match error {
        ApiError::SignedOut => view! {
            <ButtonLink href=with_next("/signin", &path()) kind=ButtonKind::Primary>
                {words.sign_in().submit()}
            </ButtonLink>
        }
        .into_any(),
        ApiError::NotFound | ApiError::Forbidden { .. } => view! {
            <ButtonLink href="/">{words.common().back_home()}</ButtonLink>
        }
        .into_any(),
        // The same address again, past the router, so that the page is loaded anew.
        _ => view! {
            <a class="button" rel="external" href=path()>
                {words.common().retry()}
            </a>
        }
        .into_any(),
    };
    view! {
        <div class="error-view" role="alert">
            <h2>{title}</h2>
            <p>{text}</p>
            <div class="row wrap">{act}</div>
        </div>
    }
    .into_any()
}

/// The page for an address or a thing that isn't there, inside the frame.
#[component]
pub fn NotFound() -> impl IntoView {
    answer_not_found();
    let words = use_words();
    view! {
        <Page title=words.errors().not_found_page()>
            <ErrorView error=ApiError::NotFound />
        </Page>
    }
}

/// The same for whoever isn't signed in.
#[component]
pub fn NotFoundEntry() -> impl IntoView {
    answer_not_found();
    let words = use_words();
    view! {
        <EntryPage title=words.errors().not_found_title()>
            <p class="muted">{words.errors().not_found_text()}</p>
            <ButtonLink href="/">{words.common().back_home()}</ButtonLink>
        </EntryPage>
    }
}

/// Gives the response its status.
fn answer_not_found() {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(http::StatusCode::NOT_FOUND);
    }
}

#[cfg(test)]
mod tests {
    use super::form_error;
    use model::{ApiError, Problem};

    #[test]
    fn what_a_field_shows_is_not_shown_twice() {
        let email = ApiError::invalid("email", Problem::BadEmail);
        assert_eq!(form_error(Some(email.clone()), &["email"]), None);
        assert_eq!(form_error(Some(email.clone()), &["password"]), Some(email));
        assert_eq!(form_error(Some(ApiError::NotFound), &["email"]), Some(ApiError::NotFound));
    }
}
