words! {
    /// Settings of the workspace, of the person, and of this browser.
    Settings {
        title: "Settings" | "Réglages";
        workspace_title: "Workspace" | "Espace de travail";
        workspace_text: "For everyone in it. Admins and owners change it." | "Pour toute l’équipe. Les administrateurs et propriétaires le modifient.";
        lateness: "Lateness window, in minutes" | "Retard toléré, en minutes";
        lateness_hint: "When a post can’t go out on time (the server was off, an account had to be reconnected), it is still sent up to so much later. After that it becomes missed and waits for you."
            | "Quand une publication ne peut pas partir à l’heure (serveur arrêté, compte à reconnecter), elle part encore jusqu’à ce délai. Ensuite elle devient manquée et vous attend.";
        saved: "The settings are saved." | "Les réglages sont enregistrés.";
        zone_change: "Posts that are scheduled keep their moment; the clock shown changes."
            | "Les publications planifiées gardent leur instant\u{202f}; seule l’heure affichée change.";
        look_title: "Language and theme" | "Langue et thème";
        look_text: "For this browser." | "Pour ce navigateur.";
        sessions_title: "Where you are signed in" | "Où vous êtes connecté";
        sessions_text: "End what you don’t recognise, then have your password reset."
            | "Fermez ce que vous ne reconnaissez pas, puis faites réinitialiser votre mot de passe.";
        session_here: "this browser" | "ce navigateur";
        browser_on(browser, system): "{browser} on {system}" | "{browser} sur {system}";
        unknown_browser: "Unknown browser" | "Navigateur inconnu";
        last_seen(time): "last seen {time}" | "vu le {time}";
        since(time): "signed in {time}" | "connecté le {time}";
        unknown_address: "address unknown" | "adresse inconnue";
        end_session: "End" | "Fermer";
        end_session_of(what): "End the session of {what}" | "Fermer la session de {what}";
        end_others: "End all others" | "Fermer toutes les autres";
        done_ended: "The session is ended." | "La session est fermée.";
        done_others[sessions]: "{sessions} session ended." / "{sessions} sessions ended." | "{sessions} session fermée." / "{sessions} sessions fermées.";
        create_title: "Another workspace" | "Un autre espace";
        create_text: "With its own accounts, posts and team. You become its owner."
            | "Avec ses propres comptes, publications et équipe. Vous en devenez propriétaire.";
        create_act: "Create and go there" | "Créer et y aller";
        about_title: "About" | "À propos";
        version(version): "Fanfare {version}" | "Fanfare {version}";
        licence(licence): "Licence: {licence}" | "Licence\u{a0}: {licence}";
    }
}
