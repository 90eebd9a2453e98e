use crate::components::{ErrorBanner, form_error};
use crate::server_fns::invitations::SignUp;
use crate::state::use_words;
use crate::words::field_fault;
use leptos::prelude::*;
use model::session::PASSWORD_MIN;
use ui::{Button, ButtonKind, Field};

/// Makes an account and joins. An invitation for one address keeps it.
#[component]
pub(super) fn SignUpForm(email: String, token: String) -> impl IntoView {
    let words = use_words();
    let c = words.common();
    let action = ServerAction::<SignUp>::new();
    let error = Signal::derive(move || action.value().get().and_then(Result::err));
    let fault = move |field| Signal::derive(move || field_fault(words, error.get().as_ref(), field));
    let for_one_address = !email.is_empty();
    view! {
        <ActionForm action=action>
            <div class="stack form">
                <ErrorBanner error=Signal::derive(move || {
                    form_error(error.get(), &["name", "email", "password"])
                }) />
                <input type="hidden" name="token" value=token />
                <Field
                    label=words.setup().your_name()
                    name="name"
                    autocomplete="name"
                    required=true
                    error=fault("name")
                />
                <Field
                    label=c.email()
                    name="email"
                    kind="email"
                    autocomplete="username"
                    value=email
                    readonly=for_one_address
                    required=true
                    error=fault("email")
                />
                <Field
                    label=c.password()
                    name="password"
                    kind="password"
                    autocomplete="new-password"
                    hint=c.password_hint()
                    minlength=PASSWORD_MIN
                    required=true
                    error=fault("password")
                />
                <Button kind=ButtonKind::Primary submit=true busy=action.pending()>
                    {words.invite().sign_up()}
                </Button>
            </div>
        </ActionForm>
    }
}
