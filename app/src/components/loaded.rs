use crate::components::ErrorView;
use leptos::prelude::*;
use model::ApiError;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What a resource loads: `skeleton` first, then `view` of the value or the error in words. While it loads again the
/// old content stays, dimmed.
#[component]
pub fn Loaded<T, V, F>(
    resource: Resource<Result<T, ApiError>>,
    #[prop(into)] skeleton: ViewFn,
    /// Draws the value.
    view: F,
) -> impl IntoView
where
    T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static,
    V: IntoView + 'static,
    F: Fn(T) -> V + Clone + Send + Sync + 'static,
{
    let (loading, set_loading) = signal(false);
    view! {
        <div class:is-refetching=loading>
            <Transition fallback=move || skeleton.run() set_pending=set_loading>
                {move || {
                    let view = view.clone();
                    Suspend::new(async move {
                        match resource.await {
                            Ok(value) => view(value).into_any(),
                            Err(error) => view! { <ErrorView error /> }.into_any(),
                        }
                    })
                }}
            </Transition>
        </div>
    }
}
