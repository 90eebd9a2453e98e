//! The clients of the agency, of whom there are many in the largest plan.

use super::{PlannedAccount, PlannedWorkspace};
use crate::draw::Draw;
use crate::teams::Standing;
use model::Platform;

/// The workspace they are in.
pub(super) const HOST: usize = 2;
/// Accounts in all workspaces, those of the normal size included.
const ACCOUNTS: usize = 200;

const FIRST: &[&str] = &[
    "Atelier", "Casa", "Olaria", "Maison", "Studio", "Oficina", "House of", "Little", "North", "Old",
    "Quinta", "Marché", "Rua", "Salt",
];
const SECOND: &[&str] = &[
    "Bruma", "Tear", "Sol", "Pomes", "Verte", "Mar", "Fern", "Kiln", "Loom", "Cedro", "Lumière", "Sardinha",
    "Paper", "Wax", "Barro",
];

/// Adds the clients' accounts.
pub(super) fn join(seed: u64, workspaces: &mut [PlannedWorkspace]) {
    let there: usize = workspaces.iter().map(|workspace| workspace.accounts.len()).sum();
    let mut draw = Draw::new(seed, "crowd of accounts");
    let Some(host) = workspaces.get_mut(HOST) else { return };
    for number in 0..ACCOUNTS.saturating_sub(there) {
        let name = format!("{} {}", draw.pick(FIRST), draw.pick(SECOND));
        let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        let handle = format!("{}{number}", letters.to_lowercase());
        host.accounts.push(PlannedAccount {
            platform: Platform::PUBLISHING[number % Platform::PUBLISHING.len()],
            login: handle.clone(),
            handle,
            name,
            bio: "Made by hand, in small numbers.".to_owned(),
            followers: u32::try_from(draw.between(120, 48_000)).unwrap_or_default(),
            label: "",
            standing: Standing::Well,
        });
    }
}
