use crate::state::use_words;
use crate::words::{Words, role_name};
use leptos::prelude::*;
use model::team::Member;
use model::{Permission, Role, UserId};
use ui::Choice;

/// What the person may do with members; the services enforce the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Managing {
    pub(super) me: UserId,
    pub(super) role: Role,
    /// Of the workspace.
    pub(super) owners: usize,
}

impl Managing {
    pub(super) fn may_invite(self) -> bool {
        self.role.allows(Permission::ManageTeam)
    }

    pub(super) fn is_last_owner(self, member: &Member) -> bool {
        member.role == Role::Owner && self.owners == 1
    }

    /// Whether the role of `member` may be changed: of owners by owners, and the last one stays.
    pub(super) fn may_change(self, member: &Member) -> bool {
        let needs =
            if member.role == Role::Owner { Permission::OwnWorkspace } else { Permission::ManageTeam };
        self.role.allows(needs) && !self.is_last_owner(member)
    }

    /// Everyone may leave.
    pub(super) fn may_remove(self, member: &Member) -> bool {
        (member.user == self.me && !self.is_last_owner(member)) || self.may_change(member)
    }
}

/// The roles that somebody with `role` gives, strongest first.
pub(super) fn roles_to_give(role: Role) -> impl Iterator<Item = Role> {
    Role::ALL.into_iter().filter(move |given| *given != Role::Owner || role.allows(Permission::OwnWorkspace))
}

pub(super) fn role_choices(words: Words, role: Role) -> Vec<Choice> {
    roles_to_give(role)
        .map(|given| Choice { value: given.key().to_owned(), label: role_name(words, given).to_owned() })
        .collect()
}

/// What each role may do.
#[component]
pub(super) fn Roles() -> impl IntoView {
    let words = use_words();
    let w = words.team();
    let lines = [
        (Role::Viewer, w.viewer_may()),
        (Role::Editor, w.editor_may()),
        (Role::Admin, w.admin_may()),
        (Role::Owner, w.owner_may()),
    ]
    .map(|(role, may)| {
        view! {
            <div>
                <dt>{role_name(words, role)}</dt>
                <dd>{may}</dd>
            </div>
        }
    });
    view! {
        <section class="section" aria-labelledby="roles-title">
            <div class="group-head">
                <h2 id="roles-title">{w.roles()}</h2>
            </div>
            <dl class="role-lines">{lines.collect_view()}</dl>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::LocalTime;

    fn id(last: u8) -> UserId {
        format!("00000000-0000-0000-0000-0000000000{last:02}").parse().expect("an id")
    }

    fn member(user: u8, role: Role) -> Member {
        let joined_at = LocalTime {
            utc: "2026-01-01T00:00:00Z".parse().expect("an instant"),
            local: "2026-01-01T00:00:00".parse().expect("a time"),
            zone: "UTC".to_owned(),
            abbreviation: "UTC".to_owned(),
        };
        Member {
            user: id(user),
            name: "Ana".to_owned(),
            email: "ana@example.com".to_owned(),
            role,
            joined_at,
        }
    }

    #[test]
    fn admins_manage_up_to_admin() {
        let admin = Managing { me: id(1), role: Role::Admin, owners: 1 };
        assert!(admin.may_change(&member(2, Role::Admin)));
        assert!(admin.may_remove(&member(2, Role::Editor)));
        assert!(!admin.may_change(&member(2, Role::Owner)));
        assert!(!admin.may_remove(&member(2, Role::Owner)));
        assert!(roles_to_give(Role::Admin).all(|role| role != Role::Owner));
        assert!(roles_to_give(Role::Owner).any(|role| role == Role::Owner));
    }

    #[test]
    fn the_last_owner_stays() {
        let only = Managing { me: id(1), role: Role::Owner, owners: 1 };
        assert!(!only.may_change(&member(1, Role::Owner)));
        assert!(!only.may_remove(&member(1, Role::Owner)));
        let two = Managing { owners: 2, ..only };
        assert!(two.may_change(&member(1, Role::Owner)));
        assert!(two.may_remove(&member(1, Role::Owner)));
    }

    #[test]
    fn everyone_else_may_leave_and_no_more() {
        let viewer = Managing { me: id(1), role: Role::Viewer, owners: 1 };
        assert!(viewer.may_remove(&member(1, Role::Viewer)));
        assert!(!viewer.may_remove(&member(2, Role::Viewer)));
        assert!(!viewer.may_change(&member(1, Role::Viewer)));
        assert!(!viewer.may_invite());
    }
}
