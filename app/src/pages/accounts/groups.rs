use super::acts::Acts;
use super::row::AccountRow;
use crate::format;
use crate::state::use_words;
use leptos::prelude::*;
use model::account::AccountView;

/// The accounts by label, those without one last; within a label as the platforms are listed everywhere.
fn by_label(mut accounts: Vec<AccountView>) -> Vec<(String, Vec<AccountView>)> {
    accounts.sort_by_cached_key(|account| {
        (
            account.label.is_empty(),
            account.label.to_lowercase(),
            account.platform,
            account.name.to_lowercase(),
        )
    });
    let mut groups: Vec<(String, Vec<AccountView>)> = Vec::new();
    for account in accounts {
        match groups.last_mut() {
            Some((label, group)) if label.to_lowercase() == account.label.to_lowercase() => {
                group.push(account);
            }
            _ => groups.push((account.label.clone(), vec![account])),
        }
    }
    groups
}

#[component]
pub(super) fn Groups(accounts: Vec<AccountView>, acts: Acts) -> impl IntoView {
    let words = use_words();
    let w = words.accounts();
    let groups = by_label(accounts);
    let alone = groups.len() == 1;
    groups
        .into_iter()
        .map(|(label, accounts)| {
            let title = match label.as_str() {
                "" if alone => w.connected_title().to_owned(),
                "" => w.unlabelled().to_owned(),
                _ => label,
            };
            let count = u64::try_from(accounts.len()).unwrap_or_default();
            let rows =
                accounts.into_iter().map(|account| view! { <AccountRow account acts /> }).collect_view();
            view! {
                <div class="group-head">
                    <h2 class="clip" dir="auto">
                        {title}
                    </h2>
                    <span class="count" aria-hidden="true">
                        {format::count(words.0, count)}
                    </span>
                    <span class="visually-hidden">{w.accounts(count)}</span>
                </div>
                <ul class="account-rows">{rows}</ul>
            }
        })
        .collect_view()
        .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::Platform;
    use model::account::Health;

    fn account(label: &str, platform: Platform, name: &str) -> AccountView {
        AccountView {
            id: "00000000-0000-0000-0000-000000000001".parse().expect("an id"),
            platform,
            handle: name.to_owned(),
            name: name.to_owned(),
            label: label.to_owned(),
            avatar: None,
            url: None,
            health: Health::Active,
            last_error: None,
            expires_at: None,
            missing_scopes: Vec::new(),
            waiting_posts: 0,
            sandbox: false,
            host: String::new(),
        }
    }

    #[test]
    fn accounts_stand_under_their_label() {
        let groups = by_label(vec![
            account("", Platform::X, "free"),
            account("verte", Platform::X, "b"),
            account("Verte", Platform::Instagram, "a"),
            account("Atelier", Platform::Bluesky, "c"),
        ]);
        let shown: Vec<(&str, Vec<&str>)> = groups
            .iter()
            .map(|(label, group)| {
                (label.as_str(), group.iter().map(|account| account.name.as_str()).collect())
            })
            .collect();
        assert_eq!(shown, [("Atelier", vec!["c"]), ("Verte", vec!["a", "b"]), ("", vec!["free"])]);
    }
}
