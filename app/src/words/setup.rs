words! {
    /// First run: the owner and the first workspace.
    Setup {
        title: "Set up Fanfare" | "Installer Fanfare";
        intro: "You are the first one here. You become the owner; you can invite the others afterwards."
            | "Vous êtes la première personne ici. Vous en devenez propriétaire\u{202f}; vous inviterez les autres ensuite.";
        your_name: "Your name" | "Votre nom";
        workspace_name: "Name of the workspace" | "Nom de l’espace de travail";
        workspace_hint: "A brand, a team or a client. More can follow." | "Une marque, une équipe ou un client. D’autres pourront suivre.";
        submit: "Create and sign in" | "Créer et se connecter";
    }
}
