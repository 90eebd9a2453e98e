words! {
    /// Words of many pages.
    Common {
        product: "Fanfare" | "Fanfare";
        about_product: "Compose once, publish everywhere, learn from the numbers." | "Composer une fois, publier partout, apprendre des chiffres.";
        cancel: "Cancel" | "Annuler";
        close: "Close" | "Fermer";
        save: "Save" | "Enregistrer";
        saved: "Saved" | "Enregistré";
        delete: "Delete" | "Supprimer";
        edit: "Edit" | "Modifier";
        copy: "Copy" | "Copier";
        copied: "Copied" | "Copié";
        retry: "Try again" | "Réessayer";
        back_home: "Back to Home" | "Revenir à l’accueil";
        loading: "Loading…" | "Chargement…";
        undo: "Undo" | "Annuler";
        not_available: "not available" | "non disponible";
        sandbox: "Sandbox" | "Bac à sable";
        sandbox_note: "These platforms are simulated: nothing leaves this server."
            | "Ces plateformes sont simulées\u{a0}: rien ne quitte ce serveur.";
        owner: "Owner" | "Propriétaire";
        admin: "Admin" | "Administrateur";
        editor: "Editor" | "Rédacteur";
        viewer: "Viewer" | "Lecteur";
        name: "Name" | "Nom";
        email: "E-mail" | "Adresse e-mail";
        password: "Password" | "Mot de passe";
        new_password: "New password" | "Nouveau mot de passe";
        password_hint: "At least 12 characters. A short sentence is good."
            | "12 caractères au moins. Une courte phrase convient bien.";
        workspace: "Workspace" | "Espace de travail";
        zone: "Time zone" | "Fuseau horaire";
        zone_hint: "Posts are planned in this zone. Such as Europe/Paris."
            | "Les publications sont planifiées dans ce fuseau. Par exemple Europe/Paris.";
    }
}
