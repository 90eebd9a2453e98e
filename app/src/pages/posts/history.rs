//! `/posts/:id/history`: what a post held earlier, and the way back to it.

use super::acts::{Possible, first_words};
use super::times::near_inside;
use super::use_posts_changed;
use crate::components::{Loaded, Page, PlainFormError, error_at_first, tell};
use crate::server_fns::posts::{PostHistory, RestoreRevision, load_history};
use crate::state::{on_change, use_page_facts, use_words};
use crate::words::Words;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use model::live::Topic;
use model::revision::{Change, ImagesChange, OwnVersion, Piece, PieceKind, RevisionView};
use model::{ApiError, LocalTime, Permission, PostId};
use ui::{EmptyState, Icon, SkeletonRows, Tag, lucide};

/// `/posts/:id/history`
#[component]
pub fn HistoryPage() -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let params = use_params_map();
    let changed = use_posts_changed();
    let history = Resource::new_blocking(
        move || (changed.times(), params.read().get("id").unwrap_or_default()),
        |(_, id)| async move {
            match id.parse() {
                Ok(post) => load_history(post).await,
                Err(_) => Err(ApiError::NotFound),
            }
        },
    );
    on_change(&[Topic::Posts], move || history.refetch());
    let restore = ServerAction::<RestoreRevision>::new();
    tell(restore, move |()| w.done_restored().to_owned(), move || history.refetch());
    let back = move || {
        view! {
            <a
                class="button is-quiet is-small"
                href=move || format!("/posts/{}", params.read().get("id").unwrap_or_default())
            >
                <Icon shape=lucide::ARROW_LEFT />
                {w.history_back()}
            </a>
        }
    };
    view! {
        <Page title=w.history_title() tools=back>
            <PlainFormError errors=vec![error_at_first(restore)] />
            <Loaded
                resource=history
                skeleton=move || view! { <SkeletonRows label=words.common().loading() rows=5 /> }
                view=move |history: PostHistory| view! { <Revisions history restore /> }
            />
        </Page>
    }
}

#[component]
fn Revisions(history: PostHistory, restore: ServerAction<RestoreRevision>) -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let PostHistory { post, revisions, now } = history;
    if revisions.is_empty() {
        return view! { <EmptyState title=w.history_empty_title() text=w.history_empty_text() /> }.into_any();
    }
    let role = use_page_facts().session.and_then(|session| session.membership().map(|here| here.role));
    let allowed = role.is_some_and(|role| role.allows(Permission::Publish)) && Possible::of(&post).edit;
    let rows = revisions
        .into_iter()
        .map(|revision| {
            let restorable = allowed && !revision.current;
            view! { <Revision post=post.id revision now=now.clone() restore restorable /> }
        })
        .collect_view();
    view! {
        <p class="muted small" dir="auto">
            {w.history_of(&first_words(words, &post.input.text))}
        </p>
        <ol class="revisions">{rows}</ol>
    }
    .into_any()
}

#[component]
fn Revision(
    post: PostId,
    revision: RevisionView,
    now: LocalTime,
    restore: ServerAction<RestoreRevision>,
    restorable: bool,
) -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let time = near_inside(words, &revision.at, &now);
    let label = w.restore_of(&time);
    let act = restorable.then(|| {
        view! {
            <ActionForm action=restore>
                <input type="hidden" name="post" value=post.to_string() />
                <input type="hidden" name="revision" value=revision.id.to_string() />
                <button
                    class="button is-small"
                    type="submit"
                    aria-label=label
                    aria-busy=move || restore.pending().get().then_some("true")
                >
                    <Icon shape=lucide::UNDO_2 />
                    {w.restore()}
                </button>
            </ActionForm>
        }
    });
    let changes = revision.changes.into_iter().map(|change| view! { <ChangeLines change /> }).collect_view();
    view! {
        <li>
            <header class="row">
                <h2 class="revision-by">{w.revision_by(&revision.person, &time)}</h2>
                {revision.current.then(|| view! { <Tag>{w.revision_now()}</Tag> })}
                <span class="push">{act}</span>
            </header>
            {changes}
        </li>
    }
    .into_any()
}

#[component]
fn ChangeLines(change: Change) -> impl IntoView {
    let words = use_words();
    let w = words.posts();
    let whose = change.platform.map_or(w.for_all(), |platform| platform.name());
    let mut told: Vec<String> = Vec::new();
    if let (Some(platform), Some(own)) = (change.platform, change.own) {
        told.push(match own {
            OwnVersion::Made => w.own_made(platform.name()),
            OwnVersion::Removed => w.own_removed(platform.name()),
        });
    }
    told.extend(change.images.and_then(|images| images_told(words, images)));
    let text = (!change.text.is_empty()).then(|| {
        let pieces = change.text.into_iter().map(|piece| piece_of(words, piece)).collect_view();
        view! {
            <p class="revision-text" dir="auto">
                {pieces}
            </p>
        }
    });
    view! {
        <section class="revision-change">
            <h3 class="muted small">{whose}</h3>
            <div class="stack">
                {told.into_iter().map(|line| view! { <p class="small">{line}</p> }).collect_view()}
                {text}
            </div>
        </section>
    }
}

/// What was added and removed is told by its colour, a line, and in words for whoever hears it.
fn piece_of(words: Words, piece: Piece) -> AnyView {
    let w = words.posts();
    match piece.kind {
        PieceKind::Same => view! { <span>{piece.text}</span> }.into_any(),
        PieceKind::Added => view! {
            <ins>
                <span class="visually-hidden">" " {w.text_added()} " "</span>
                {piece.text}
            </ins>
        }
        .into_any(),
        PieceKind::Removed => view! {
            <del>
                <span class="visually-hidden">" " {w.text_removed()} " "</span>
                {piece.text}
            </del>
        }
        .into_any(),
    }
}

fn images_told(words: Words, images: ImagesChange) -> Option<String> {
    let w = words.posts();
    let some = |count: u32| (count > 0).then(|| u64::from(count));
    let parts: Vec<String> = [
        some(images.added).map(|count| w.images_added(count)),
        some(images.removed).map(|count| w.images_removed(count)),
        images.rearranged.then(|| w.images_rearranged().to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
