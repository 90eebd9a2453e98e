words! {
    /// The command palette.
    Palette {
        open: "Search" | "Rechercher";
        title: "Search and commands" | "Recherche et commandes";
        placeholder: "Search, or do something…" | "Rechercher ou agir…";
        results: "Results" | "Résultats";
        places: "Go to" | "Aller à";
        acts: "Do" | "Faire";
        accounts: "Accounts" | "Comptes";
        posts: "Posts" | "Publications";
        compose: "Compose a post" | "Composer une publication";
        invite: "Invite somebody" | "Inviter quelqu’un";
        sync: "Read an account’s numbers now…" | "Lire maintenant les chiffres d’un compte…";
        sync_which: "Whose numbers?" | "Les chiffres de quel compte\u{202f}?";
        sync_begun: "The numbers are being read." | "Les chiffres sont en cours de lecture.";
        theme(name): "Theme: {name}" | "Thème\u{a0}: {name}";
        language(name): "Language: {name}" | "Langue\u{a0}: {name}";
        connect: "Connect an account" | "Connecter un compte";
        all_posts(text): "All posts with “{text}”" | "Toutes les publications avec «\u{a0}{text}\u{a0}»";
        nothing(text): "Nothing found for “{text}”." | "Rien trouvé pour «\u{a0}{text}\u{a0}».";
        away: "The server can’t be reached: accounts and posts can’t be searched now."
            | "Le serveur ne répond pas\u{a0}: impossible de chercher des comptes ou des publications.";
        no_accounts: "No account is connected." | "Aucun compte n’est connecté.";
        number[results]: "{results} result" / "{results} results" | "{results} résultat" / "{results} résultats";
        hint_move: "to move" | "pour se déplacer";
        hint_take: "to choose" | "pour choisir";
        hint_leave: "to close" | "pour fermer";
    }
}
