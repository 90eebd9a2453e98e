use crate::state::{use_page_facts, use_words};
use leptos::prelude::*;
use ui::{Banner, Tag, Tone, lucide};

/// The warning on plain http under another machine's name.
#[component]
pub fn InsecureBanner() -> impl IntoView {
    let w = use_words().frame();
    use_page_facts().insecure.then(|| {
        view! {
            <div class="insecure">
                <Banner tone=Tone::Warning title=w.insecure_title() text=w.insecure_text() />
            </div>
        }
    })
}

/// Says on every page that some platform is simulated.
#[component]
pub fn SandboxTag() -> impl IntoView {
    let w = use_words().frame();
    use_page_facts().sandbox.then(|| {
        view! {
            <Tag icon=lucide::FLASK_CONICAL hatched=true>
                {w.sandbox_tag()}
            </Tag>
        }
    })
}
