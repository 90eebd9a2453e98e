words! {
    /// The frame around every page: rail, top bar, bottom bar, keys.
    Frame {
        skip: "Skip to content" | "Aller au contenu";
        main_navigation: "Main" | "Navigation principale";
        phone_navigation: "Main, phone" | "Navigation principale, téléphone";
        home: "Home" | "Accueil";
        calendar: "Calendar" | "Calendrier";
        posts: "Posts" | "Publications";
        analytics: "Analytics" | "Statistiques";
        accounts: "Accounts" | "Comptes";
        team: "Team" | "Équipe";
        settings: "Settings" | "Réglages";
        compose: "Compose" | "Composer";
        more: "More" | "Plus";
        workspace_menu(name): "Workspace {name}: switch, sign out" | "Espace {name}\u{a0}: changer, se déconnecter";
        switch_to: "Switch to" | "Passer à";
        signed_in_as(name): "Signed in as {name}" | "Connecté\u{a0}: {name}";
        sign_out: "Sign out" | "Se déconnecter";
        theme: "Theme" | "Thème";
        theme_system: "As the device" | "Comme l’appareil";
        theme_light: "Light" | "Clair";
        theme_dark: "Dark" | "Sombre";
        language: "Language" | "Langue";
        keys: "Keyboard shortcuts" | "Raccourcis clavier";
        key_search: "Search and commands" | "Recherche et commandes";
        key_compose: "Compose a post" | "Composer une publication";
        key_move: "Calendar: lift a post, then arrows and Enter" | "Calendrier\u{a0}: prendre une publication, puis flèches et Entrée";
        key_mark: "Calendar: mark a post" | "Calendrier\u{a0}: marquer une publication";
        key_keys: "This list" | "Cette liste";
        key_close: "Close what is open" | "Fermer ce qui est ouvert";
        key_then(first, second): "{first} then {second}" | "{first} puis {second}";
        insecure_title: "This connection is not encrypted." | "Cette connexion n’est pas chiffrée.";
        insecure_text: "Anyone on the network can read what you type, passwords too. Ask whoever runs Fanfare to set up https."
            | "N’importe qui sur le réseau peut lire ce que vous tapez, mots de passe compris. Demandez à la personne qui gère Fanfare d’activer https.";
        sandbox_tag: "Sandbox: nothing is published" | "Bac à sable\u{a0}: rien n’est publié";
    }
}
