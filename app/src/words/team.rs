words! {
    /// Members of the workspace and invitations.
    Team {
        title: "Team" | "Équipe";
        members: "Members" | "Membres";
        people[people]: "{people} person" / "{people} people" | "{people} personne" / "{people} personnes";
        you: "you" | "vous";
        joined(date): "since {date}" | "depuis le {date}";
        role_of(name): "Role of {name}" | "Rôle de {name}";
        change_role: "Change" | "Changer";
        last_owner: "the only owner" | "seul propriétaire";
        remove: "Remove" | "Retirer";
        remove_of(name): "Remove {name}…" | "Retirer {name}…";
        leave: "Leave…" | "Partir…";
        remove_title(name): "Remove {name} from the workspace?" | "Retirer {name} de l’espace\u{202f}?";
        remove_text: "They lose access at once, and invitations they sent stop working. Their posts stay and go out as planned."
            | "L’accès cesse aussitôt, et les invitations envoyées ne marchent plus. Les publications restent et partent comme prévu.";
        leave_title(workspace): "Leave {workspace}?" | "Quitter {workspace}\u{202f}?";
        leave_text: "You lose access at once and need an invitation to come back. Your posts stay and go out as planned."
            | "Vous perdez l’accès aussitôt et il faudra une invitation pour revenir. Vos publications restent et partent comme prévu.";
        leave_act: "Leave" | "Partir";
        keep: "Keep" | "Garder";
        stay: "Stay" | "Rester";
        invite_title: "Invite" | "Inviter";
        invite_text: "Fanfare makes a link; you hand it over. It works once, for a week."
            | "Fanfare crée un lien\u{202f}; vous le transmettez. Il sert une fois, pendant une semaine.";
        email_optional: "E-mail (optional)" | "Adresse e-mail (facultatif)";
        email_hint: "With an address, only that person can use the link." | "Avec une adresse, seule cette personne peut s’en servir.";
        role: "Role" | "Rôle";
        invite_act: "Make the link" | "Créer le lien";
        roles: "What each role may do" | "Ce que permet chaque rôle";
        viewer_may: "sees everything" | "voit tout";
        editor_may: "also writes, schedules and publishes" | "écrit, planifie et publie aussi";
        admin_may: "also connects accounts, invites, and changes the settings" | "connecte aussi les comptes, invite et change les réglages";
        owner_may: "also makes and unmakes owners" | "nomme et révoque aussi les propriétaires";
        link_title: "The link is ready." | "Le lien est prêt.";
        link_text: "Copy it now and hand it over: it is shown this once."
            | "Copiez-le maintenant pour le transmettre\u{a0}: il n’est montré que cette fois.";
        link_field: "Invitation link" | "Lien d’invitation";
        copy_failed: "Select the link and copy it by hand." | "Sélectionnez le lien et copiez-le à la main.";
        invitations: "Open invitations" | "Invitations en cours";
        anyone: "Whoever has the link" | "Qui a le lien";
        invited_by(name): "by {name}" | "par {name}";
        expires(date): "until {date}" | "jusqu’au {date}";
        withdraw: "Withdraw" | "Retirer";
        withdraw_of(who): "Withdraw the invitation for {who}" | "Retirer l’invitation pour {who}";
        no_invitations: "No invitation is open." | "Aucune invitation en cours.";
        done_role: "The role is changed." | "Le rôle est changé.";
        done_removed: "The person is removed." | "La personne est retirée.";
        done_withdrawn: "The invitation is withdrawn. Its link stops working." | "L’invitation est retirée. Son lien ne marche plus.";
        only_admins: "Admins and owners invite people and change roles." | "Les administrateurs et propriétaires invitent et changent les rôles.";
    }
}
