words! {
    /// What went wrong, what it means, what to do.
    Errors {
        not_found_page: "Not found" | "Introuvable";
        not_found_title: "There is nothing here." | "Il n’y a rien ici.";
        not_found_text: "The address is wrong, or what was here belongs to another workspace or is deleted."
            | "L’adresse est fausse, ou ce qui était ici appartient à un autre espace ou a été supprimé.";
        signed_out_title: "You are signed out." | "Vous êtes déconnecté.";
        signed_out_text: "Sign in to go on. Scheduled posts go out all the same."
            | "Connectez-vous pour continuer. Les publications planifiées partent quand même.";
        forbidden_title: "Your role doesn’t allow this." | "Votre rôle ne le permet pas.";
        forbidden_text(role): "It takes the role {role}. Ask an owner of the workspace."
            | "Il faut le rôle {role}. Adressez-vous à un propriétaire de l’espace.";
        invalid_title: "Something has to be corrected." | "Il y a quelque chose à corriger.";
        too_many_title: "Too many tries." | "Trop d’essais.";
        too_many_text[seconds]: "Wait {seconds} second, then try again." / "Wait {seconds} seconds, then try again."
            | "Attendez {seconds} seconde, puis réessayez." / "Attendez {seconds} secondes, puis réessayez.";
        internal_title: "Fanfare made a mistake." | "Fanfare a fait une erreur.";
        internal_text(trace): "Your last act may not have been saved; scheduled posts go out all the same. Whoever runs this server finds the cause in the log under {trace}."
            | "Votre dernière action n’a peut-être pas été enregistrée\u{202f}; les publications planifiées partent quand même. La cause est dans le journal du serveur, sous {trace}.";
        transport_title: "The server can’t be reached." | "Le serveur ne répond pas.";
        transport_text: "Your last act may not have been saved. Check the connection and try again; scheduled posts don’t depend on this page."
            | "Votre dernière action n’a peut-être pas été enregistrée. Vérifiez la connexion et réessayez\u{202f}; les publications planifiées ne dépendent pas de cette page.";
        conflict_title: "That isn’t possible just now." | "Ce n’est pas possible pour l’instant.";
        conflict_going_out: "The post is going out this moment. Wait for the outcome."
            | "La publication part en ce moment. Attendez le résultat.";
        conflict_already_published: "It is published. It can only be deleted at the platform."
            | "Elle est publiée. On ne peut plus que la supprimer sur la plateforme.";
        conflict_changed: "Somebody else changed it meanwhile. Reload the page to see the newest state."
            | "Quelqu’un d’autre l’a modifiée entre-temps. Rechargez la page pour voir le dernier état.";
        conflict_wrong_state(state): "Not possible in the state “{state}”." | "Impossible dans l’état «\u{a0}{state}\u{a0}».";
        conflict_already_set_up: "Fanfare is set up already. Sign in instead." | "Fanfare est déjà installé. Connectez-vous.";
        conflict_last_owner: "A workspace keeps at least one owner. Make somebody else owner first."
            | "Un espace garde au moins un propriétaire. Nommez-en d’abord un autre.";
        conflict_already_there: "That is there already." | "Cela existe déjà.";
        conflict_other_person: "The invitation is for another address. Sign in with that one, or ask for a new link."
            | "L’invitation est pour une autre adresse. Connectez-vous avec celle-ci, ou demandez un nouveau lien.";
        conflict_answer_first: "Nobody knows yet whether it is out. Say first whether it is there; then you can delete it."
            | "On ne sait pas encore si elle est partie. Dites d’abord si elle y est\u{202f}; vous pourrez ensuite la supprimer.";
        conflict_in_use: "A post uses this image." | "Une publication utilise cette image.";
        platform_title(platform): "{platform} said no." | "{platform} a refusé.";
        platform_not_configured(platform): "{platform} is not set up on this server: its client id and secret are missing. Whoever runs the server finds the steps in docs/PLATFORMS.md."
            | "{platform} n’est pas configuré sur ce serveur\u{a0}: il manque l’identifiant et le secret d’application. La marche à suivre est dans docs/PLATFORMS.md.";
        platform_denied: "You refused on its page. Nothing was connected." | "Vous avez refusé sur sa page. Rien n’a été connecté.";
        platform_bad_state: "The answer doesn’t belong to a connection started here. Start again from Accounts."
            | "La réponse ne correspond pas à une connexion commencée ici. Recommencez depuis Comptes.";
        platform_missing_scopes(scopes): "Publishing needs permissions that were not given: {scopes}. Connect again and leave them ticked."
            | "Il manque des autorisations pour publier\u{a0}: {scopes}. Reconnectez-vous en les laissant cochées.";
        platform_nothing_to_connect: "There is no page or profile to publish to behind that consent."
            | "Cet accord ne donne accès à aucune page ni à aucun profil où publier.";
        platform_other_account(expected): "Another profile answered. Sign in there as {expected} and try again."
            | "Un autre profil a répondu. Connectez-vous là-bas comme {expected} et réessayez.";
        platform_wrong_credentials: "The handle and the app password don’t belong together." | "L’identifiant et le mot de passe d’application ne vont pas ensemble.";
        platform_second_factor: "The account has a second factor. Create an app password there and use it here."
            | "Le compte a un second facteur. Créez là-bas un mot de passe d’application et utilisez-le ici.";
        platform_rate_limited: "It takes no more calls for now. Try again later." | "La plateforme n’accepte plus d’appels pour l’instant. Réessayez plus tard.";
        platform_unreachable: "It can’t be reached. Try again in a few minutes." | "La plateforme est injoignable. Réessayez dans quelques minutes.";
        platform_said(message): "It answered: {message}" | "Sa réponse\u{a0}: {message}";
    }
}
