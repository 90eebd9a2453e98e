use crate::components::PlatformBadge;
use leptos::prelude::*;
use model::Platform;
use model::account::called;
use ui::Avatar;

/// An account: face with the platform's mark, name, and platform with handle below.
#[component]
pub fn AccountBadge(
    #[prop(into)] name: String,
    /// Without `@`; may be empty.
    #[prop(into)]
    handle: String,
    platform: Platform,
    #[prop(optional_no_strip, into)] avatar: Option<String>,
) -> impl IntoView {
    // Without a handle the name above says who it is.
    let place = if handle.is_empty() {
        platform.name().to_owned()
    } else {
        format!("{}, {}", platform.name(), called(&handle, &name))
    };
    view! {
        <span class="account">
            <Avatar name=name.clone() src=avatar>
                <PlatformBadge platform silent=true />
            </Avatar>
            <span class="account-name">
                <span class="clip" dir="auto">
                    {name}
                </span>
                <span class="clip">{place}</span>
            </span>
        </span>
    }
}
