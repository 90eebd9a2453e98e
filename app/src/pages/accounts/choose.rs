use crate::components::{AccountBadge, ErrorBanner, Loaded, Page};
use crate::server_fns::accounts::{ChooseAccounts, account_choices};
use crate::state::use_words;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::account::{AccountChoice, ConnectionChoices};
use model::{ApiError, Platform};
use ui::{Button, ButtonKind, ButtonLink, EmptyState, Icon, Mark, MarkShape, SkeletonRows, Tag, lucide};

/// `/accounts/choose/:id`: which of the pages and profiles behind a consent to connect.
#[component]
pub fn ChoosePage() -> impl IntoView {
    let words = use_words();
    let w = words.accounts();
    let params = use_params_map();
    // `None` once the choice is over.
    let choices = Resource::new_blocking(
        move || params.read().get("id").unwrap_or_default(),
        |id| async move {
            let Ok(connection) = id.parse() else { return Ok(None) };
            match account_choices(connection).await {
                Ok(choices) => Ok(Some(choices)),
                Err(ApiError::NotFound) => Ok(None),
                Err(error) => Err(error),
            }
        },
    );
    let show = |choices: Option<ConnectionChoices>| match choices {
        Some(choices) => view! { <Choices choices /> }.into_any(),
        None => view! { <Gone /> }.into_any(),
    };
    let back = move || {
        view! {
            <a class="button is-quiet is-small" href="/accounts">
                <Icon shape=lucide::ARROW_LEFT />
                {w.back()}
            </a>
        }
    };
    view! {
        <Page title=w.choose_title() tools=back>
            <Loaded
                resource=choices
                skeleton=move || view! { <SkeletonRows label=words.common().loading() rows=4 /> }
                view=show
            />
        </Page>
    }
}

#[component]
fn Gone() -> impl IntoView {
    let w = use_words().accounts();
    view! {
        <EmptyState title=w.choose_gone_title() text=w.choose_gone_text()>
            <ButtonLink href="/accounts" kind=ButtonKind::Primary>
                {w.back()}
            </ButtonLink>
        </EmptyState>
    }
}

#[component]
fn Choices(choices: ConnectionChoices) -> impl IntoView {
    let words = use_words();
    let w = words.accounts();
    let action = ServerAction::<ChooseAccounts>::new();
    let error = Signal::derive(move || action.value().get().and_then(Result::err));
    let ConnectionChoices { id, platform, choices, missing_scopes } = choices;
    let missing = (!missing_scopes.is_empty()).then(|| {
        view! {
            <div class="notice" data-state="warning">
                <Mark shape=MarkShape::TRIANGLE />
                <div>
                    <strong>{w.scopes_what(&missing_scopes.join(", "))}</strong>
                    " "
                    <span class="muted">{w.scopes_do()}</span>
                </div>
            </div>
        }
    });
    let lines = choices.into_iter().map(|choice| view! { <ChoiceLine choice platform /> }).collect_view();
    view! {
        <div class="choose">
            <ActionForm action=action>
                <div class="stack form">
                    <p>{w.choose_text(platform.name())}</p>
                    <ErrorBanner error />
                    {missing}
                    <input type="hidden" name="connection" value=id.to_string() />
                    <fieldset>
                        <legend class="visually-hidden">{w.choose_legend()}</legend>
                        <ul class="choices">{lines}</ul>
                    </fieldset>
                    <div class="row wrap">
                        <Button kind=ButtonKind::Primary submit=true busy=action.pending()>
                            {w.choose_act()}
                        </Button>
                        <ButtonLink href="/accounts" kind=ButtonKind::Quiet>
                            {words.common().cancel()}
                        </ButtonLink>
                    </div>
                </div>
            </ActionForm>
        </div>
    }
    .into_any()
}

#[component]
fn ChoiceLine(choice: AccountChoice, platform: Platform) -> impl IntoView {
    let w = use_words().accounts();
    view! {
        <li>
            <label class="choice">
                <input class="checkbox" type="checkbox" name="accounts[]" value=choice.remote_id checked=true />
                <AccountBadge name=choice.name handle=choice.handle platform />
                {choice.connected.then(|| view! { <Tag>{w.choose_connected()}</Tag> })}
            </label>
        </li>
    }
}
