//! Each act is told to whoever looks.

use super::*;
use model::live::Tally;
use model::services::AccountService as _;
use service::accounts::Accounts;

impl Desk {
    /// What changed since `before`, which is brought up to date.
    async fn told(&self, before: &mut Tally) -> Tally {
        let now = self.context.tally(self.editor.workspace).await.unwrap();
        let told = Tally {
            posts: now.posts - before.posts,
            accounts: now.accounts - before.accounts,
            team: now.team - before.team,
            numbers: now.numbers - before.numbers,
            access: now.access - before.access,
        };
        *before = now;
        told
    }
}

#[tokio::test]
async fn every_act_is_told_once_and_a_refused_one_is_not() {
    each_engine(async |test| {
        let desk = Desk::new(&test, "ana").await;
        let posts = Tally { posts: 1, ..Tally::default() };
        let mut seen = Tally::default();
        let draft = desk.save(input("draft", &[desk.x]), None).await.unwrap();
        assert_eq!(desk.told(&mut seen).await, posts, "a draft");
        desk.posts.reschedule(desk.editor, draft.id, tomorrow()).await.unwrap();
        assert_eq!(desk.told(&mut seen).await, posts, "a time");
        desk.posts.cancel(desk.editor, draft.id).await.unwrap();
        assert_eq!(desk.told(&mut seen).await, posts, "cancelled");
        refused(desk.posts.cancel(desk.editor, draft.id).await);
        assert_eq!(desk.told(&mut seen).await, Tally::default(), "refused");
        let target = target_of(&draft, desk.x);
        desk.posts.retry_target(desk.editor, target, tomorrow()).await.unwrap();
        assert_eq!(desk.told(&mut seen).await, posts, "on one account");
        desk.posts.cancel_target(desk.editor, target).await.unwrap();
        assert_eq!(desk.told(&mut seen).await, posts, "cancelled on one account");
        desk.posts.duplicate(desk.editor, draft.id).await.unwrap();
        assert_eq!(desk.told(&mut seen).await, posts, "copied");
        desk.posts.delete(desk.editor, draft.id).await.unwrap();
        assert_eq!(desk.told(&mut seen).await, posts, "deleted");

        let accounts = Accounts::new(desk.context.clone());
        let admin = Actor { role: Role::Admin, ..desk.editor };
        let paused = model::account::AccountEdit { label: String::new(), paused: true };
        accounts.edit(admin, desk.x, paused).await.unwrap();
        assert_eq!(desk.told(&mut seen).await, Tally { accounts: 1, ..Tally::default() }, "paused");
        accounts.disconnect(admin, desk.x).await.unwrap();
        let both = Tally { posts: 1, accounts: 1, ..Tally::default() };
        assert_eq!(desk.told(&mut seen).await, both, "its posts are cancelled, too");
    })
    .await;
}
