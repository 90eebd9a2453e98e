use super::acts::{Acts, Ask, AskDialog, Possible, first_words};
use super::numbers::Numbers;
use super::skeleton::PostSkeleton;
use super::target_card::TargetCard;
use super::times::{follow, look_again, near_inside};
use super::use_posts_changed;
use crate::components::post_preview::{Picture, PostPreview, PreviewAccount, PreviewHead};
use crate::components::{Loaded, Page};
use crate::server_fns::posts::{PostPageData, get_post};
use crate::state::{on_change, use_words};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use model::ApiError;
use model::live::Topic;
use model::post::{PostMedia, PostView};
use ui::{Button, ButtonKind, ButtonLink, Icon, lucide};

/// `/posts/:id`.
#[component]
pub fn PostPage() -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let params = use_params_map();
    let changed = use_posts_changed();
    let post = Resource::new_blocking(
        move || (changed.times(), params.read().get("id").unwrap_or_default()),
        |(_, id)| async move {
            match id.parse() {
                Ok(post) => get_post(post).await,
                Err(_) => Err(ApiError::NotFound),
            }
        },
    );
    follow(post, |data: &PostPageData| look_again(std::slice::from_ref(&data.post), &data.now));
    let navigate = use_navigate();
    // What is gone can't be loaded again.
    let gone = StoredValue::new(false);
    let refetch = move || {
        if !gone.get_value() {
            post.refetch();
        }
    };
    on_change(&[Topic::Posts, Topic::Accounts], refetch);
    let acts = Acts::new(
        Callback::new(move |()| refetch()),
        Callback::new(move |()| {
            gone.set_value(true);
            navigate("/posts", NavigateOptions::default());
        }),
    );
    let back = move || {
        view! {
            <a class="button is-quiet is-small" href="/posts">
                <Icon shape=lucide::ARROW_LEFT />
                {w.back()}
            </a>
        }
    };
    view! {
        <Page title=w.col_post() tools=back>
            <Loaded
                resource=post
                skeleton=|| view! { <PostSkeleton /> }
                view=move |data: PostPageData| view! { <Detail data acts /> }
            />
        </Page>
        <AskDialog acts />
    }
}

#[component]
fn Detail(data: PostPageData, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let PostPageData { post, now } = data;
    let facts =
        [w.written_by(&post.author), w.changed_at(&near_inside(words, &post.updated_at, &now))].join(" · ");
    let id = post.id;
    let out = post.targets.iter().any(|target| target.published_at.is_some());
    let whole = StoredValue::new(post.clone());
    let cards = post
        .targets
        .iter()
        .cloned()
        .map(|target| view! { <TargetCard post=whole target now=now.clone() acts /> })
        .collect_view();
    let pictures = |platform| -> Vec<Picture> {
        let picture =
            |item: &PostMedia| Some(Picture::of(post.media.iter().find(|view| view.id == item.media)?, item));
        post.input.media_for(platform).iter().filter_map(picture).collect()
    };
    let previews = post
        .targets
        .iter()
        .map(|target| {
            let platform = target.platform;
            let account = PreviewAccount {
                platform,
                name: target.account_name.clone(),
                handle: target.handle.clone(),
                avatar: None,
            };
            let text = post.input.text_for(platform).to_owned();
            view! {
                <section>
                    <PreviewHead platform account=target.called() />
                    <PostPreview account text=Signal::stored(text) pictures=Signal::stored(pictures(platform)) />
                </section>
            }
        })
        .collect_view();
    view! {
        <div class="split">
            <section class="section" aria-labelledby="targets-title">
                <div class="post-head">
                    <h2 dir="auto" id="post-title">
                        {first_words(words, &post.input.text)}
                    </h2>
                    <p class="small muted">{facts}</p>
                    {acts.allowed.then(|| view! { <PostActs post=post.clone() acts /> })}
                </div>
                <h3 class="visually-hidden" id="targets-title">
                    {w.targets()}
                </h3>
                <ul class="target-cards">{cards}</ul>
                {out.then(|| view! { <Numbers post=id /> })}
            </section>
            <aside class="post-previews" aria-label=words.composer().previews()>
                {previews}
            </aside>
        </div>
    }
    .into_any()
}

/// What can be done with the whole post.
#[component]
fn PostActs(post: PostView, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let id = post.id;
    let possible = Possible::of(&post);
    let asks = move |ask: Ask| move |_| acts.asking.set(Some(ask.clone()));
    view! {
        <div class="row wrap post-acts">
            {possible
                .edit
                .then(|| {
                    view! {
                        <ButtonLink href=format!("/posts/{id}/edit") small=true icon=lucide::PENCIL>
                            {w.edit()}
                        </ButtonLink>
                    }
                })}
            {possible
                .reschedule
                .then(|| {
                    view! {
                        <Button small=true icon=lucide::CALENDAR_CLOCK on_press=asks(Ask::Move(id))>
                            {w.reschedule()}
                        </Button>
                        <Button small=true icon=lucide::SEND_HORIZONTAL on_press=asks(Ask::Now(id))>
                            {w.publish_now()}
                        </Button>
                    }
                })}
            {possible
                .cancel
                .then(|| {
                    view! {
                        <Button small=true icon=lucide::X on_press=asks(Ask::Cancel(id))>
                            {w.cancel()}
                        </Button>
                    }
                })} <Button small=true icon=lucide::COPY on_press=move |_| acts.duplicate(id)>
                {w.duplicate()}
            </Button>
            <ButtonLink href=format!("/posts/{id}/history") small=true icon=lucide::HISTORY>
                {words.composer().history()}
            </ButtonLink>
            {possible
                .delete
                .then(|| {
                    view! {
                        <Button
                            small=true
                            icon=lucide::TRASH_2
                            kind=ButtonKind::Danger
                            on_press=asks(Ask::Delete(id))
                        >
                            {w.delete()}
                        </Button>
                    }
                })}
            {possible
                .dismiss
                .then(|| {
                    view! {
                        <Button small=true icon=lucide::X on_press=move |_| acts.dismiss(id)>
                            {w.dismiss()}
                        </Button>
                    }
                })}
        </div>
    }
    .into_any()
}
