words! {
    /// The page behind an invitation's link.
    Invite {
        title(workspace): "Join {workspace}" | "Rejoindre {workspace}";
        document_title: "Invitation" | "Invitation";
        text(inviter, role): "{inviter} invites you as {role}." | "{inviter} vous invite comme {role}.";
        accept_as(name): "Join as {name}" | "Rejoindre en tant que {name}";
        sign_up: "Create your access and join" | "Créer votre accès et rejoindre";
        have_account: "You have an account with this address. Sign in, then come back to this page."
            | "Vous avez déjà un compte à cette adresse. Connectez-vous, vous reviendrez sur cette page.";
        sign_in_first: "Sign in to join" | "Se connecter pour rejoindre";
        already_here: "Already using Fanfare here? Sign in" | "Vous utilisez déjà Fanfare ici\u{202f}? Se connecter";
        gone_title: "This invitation can’t be used any more." | "Cette invitation n’est plus utilisable.";
        gone_text: "It was used, withdrawn, or its time is over. Ask for a new link."
            | "Elle a été utilisée ou retirée, ou son délai est passé. Demandez un nouveau lien.";
    }
}
