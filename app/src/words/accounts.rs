words! {
    /// Connected accounts, connecting more, choosing among what a consent covers.
    Accounts {
        title: "Accounts" | "Comptes";
        connected_title: "Connected accounts" | "Comptes connectés";
        accounts[accounts]: "{accounts} account" / "{accounts} accounts" | "{accounts} compte" / "{accounts} comptes";
        unlabelled: "Without label" | "Sans libellé";
        empty_title: "No account is connected." | "Aucun compte n’est connecté.";
        empty_text: "Posts go out through the accounts listed here. Connect the first one."
            | "Les publications partent par les comptes de cette liste. Connectez le premier.";
        empty_text_others: "Posts go out through the accounts listed here. An admin or an owner connects them."
            | "Les publications partent par les comptes de cette liste. Un administrateur ou un propriétaire les connecte.";
        bluesky_server(host): "on {host}" | "sur {host}";

        active: "Active" | "Actif";
        limited: "Active, with limits" | "Actif, avec limites";
        ends(date): "Ends {date}" | "Fin le {date}";
        ends_soon: "Ends soon" | "Prend bientôt fin";
        needs_reconnect: "Reconnect" | "À reconnecter";
        paused: "Paused" | "En pause";
        troubled: "Last call failed" | "Dernier appel en échec";
        waiting[posts]: "{posts} post waits" / "{posts} posts wait" | "{posts} en attente" / "{posts} en attente";
        none_waiting: "nothing waits" | "rien en attente";

        reconnect_what(platform): "{platform} doesn’t let Fanfare in any more." | "{platform} ne laisse plus entrer Fanfare.";
        reconnect_do: "Posts to this account wait until it is connected again; too late, they become missed."
            | "Les publications de ce compte attendent qu’il soit reconnecté\u{202f}; trop tard, elles deviennent manquées.";
        expiring_what(platform, date): "{platform} ends this connection on {date}." | "{platform} met fin à cette connexion le {date}.";
        expiring_what_undated(platform): "{platform} ends this connection soon." | "{platform} met bientôt fin à cette connexion.";
        expiring_do: "It can’t be renewed without you." | "Elle ne peut pas être renouvelée sans vous.";
        paused_what: "Nothing is sent through this account." | "Rien ne part par ce compte.";
        paused_do: "Its posts wait until it is resumed; too late, they become missed."
            | "Ses publications attendent la reprise\u{202f}; trop tard, elles deviennent manquées.";
        troubled_what(platform): "{platform} could not be asked." | "{platform} n’a pas pu être interrogé.";
        troubled_do: "That may pass by itself. Check again." | "Cela peut passer tout seul. Vérifiez à nouveau.";
        answered(message): "It said: “{message}”" | "Sa réponse\u{a0}: «\u{a0}{message}\u{a0}»";
        scopes_what(scopes): "Not everything was permitted: {scopes}." | "Tout n’a pas été autorisé\u{a0}: {scopes}.";
        scopes_do: "Posts that need it fail. Reconnect, and leave it ticked."
            | "Les publications qui en ont besoin échouent. Reconnectez en laissant la case cochée.";
        ask_admin: "Ask an admin or an owner." | "Adressez-vous à un administrateur ou un propriétaire.";

        acts_of(account): "Actions for {account}" | "Actions pour {account}";
        see_at(platform): "See it on {platform}" | "Voir sur {platform}";
        check: "Check now" | "Vérifier maintenant";
        check_of(account): "Check {account} now" | "Vérifier {account} maintenant";
        reconnect: "Reconnect" | "Reconnecter";
        renew: "Renew" | "Renouveler";
        pause: "Pause" | "Mettre en pause";
        resume: "Resume" | "Reprendre";
        label: "Label…" | "Libellé…";
        disconnect: "Disconnect…" | "Déconnecter…";

        label_title(account): "Label of {account}" | "Libellé de {account}";
        label_field: "Label" | "Libellé";
        label_hint: "A brand, a client or a country. Accounts with the same label stand together."
            | "Une marque, un client ou un pays. Les comptes de même libellé sont regroupés.";
        disconnect_title(account): "Disconnect {account}?" | "Déconnecter {account}\u{202f}?";
        disconnect_waiting[posts]: "{posts} post that waits on it is cancelled there." / "{posts} posts that wait on it are cancelled there."
            | "{posts} publication qui l’attend y sera annulée." / "{posts} publications qui l’attendent y seront annulées.";
        disconnect_none: "No post waits on it." | "Aucune publication ne l’attend.";
        disconnect_history: "What went out stays at the platform, and its history stays here. Connect it again, and it goes on from there."
            | "Ce qui est parti reste sur la plateforme, et son historique reste ici. Reconnectez-le, et il reprend là.";
        disconnect_grant: "With the last account of a consent, Fanfare hands the permission back."
            | "Avec le dernier compte d’un accord, Fanfare rend l’autorisation.";
        disconnect_act: "Disconnect" | "Déconnecter";
        keep: "Keep it" | "Le garder";

        done_checked: "Checked." | "Vérifié.";
        done_edited: "Saved." | "Enregistré.";
        done_disconnected: "The account is disconnected." | "Le compte est déconnecté.";
        by_hand(platform): "{platform} still lists Fanfare among the apps with access: remove it in {platform}’s settings."
            | "{platform} compte encore Fanfare parmi les applications autorisées\u{a0}: retirez-le dans les réglages de {platform}.";
        by_hand_bluesky: "Bluesky could not be told: delete the app password in Bluesky’s settings."
            | "Bluesky n’a pas pu être prévenu\u{a0}: supprimez le mot de passe d’application dans ses réglages.";

        connect_title: "Connect an account" | "Connecter un compte";
        connect_note: "You sign in there. Fanfare keeps the permission, never your password."
            | "Vous vous connectez là-bas. Fanfare garde l’autorisation, jamais votre mot de passe.";
        connect_others: "Admins and owners of the workspace connect accounts."
            | "Les administrateurs et propriétaires de l’espace connectent les comptes.";
        connect: "Connect" | "Connecter";
        connect_platform(platform): "Connect {platform}" | "Connecter {platform}";
        about_instagram: "Business and creator accounts. It asks to read the profile and to publish."
            | "Comptes professionnels et créateurs. Il demande de lire le profil et de publier.";
        about_facebook: "Pages you manage. It asks for the list of your Pages, to publish there and to read what was published."
            | "Pages que vous gérez. Il demande la liste de vos Pages, d’y publier et d’y lire les publications.";
        about_x: "Your profile. It asks to read it, to post, to upload images and to stay connected."
            | "Votre profil. Il demande de le lire, de publier, d’envoyer des images et de rester connecté.";
        about_linkedin: "Your own profile. It asks for your name and to post as you; you renew it every two months."
            | "Votre profil personnel. Il demande votre nom et de publier pour vous\u{202f}; à renouveler tous les deux mois.";
        about_bluesky: "On any server, by handle and app password, which you can take back there at any time."
            | "Sur tout serveur, par identifiant et mot de passe d’application, que vous pouvez y retirer à tout moment.";
        about_tiktok: "Your profile, for its numbers. It asks to read the profile, its counts and your public videos. Publishing comes later."
            | "Votre profil, pour ses chiffres. Il demande de lire le profil, ses compteurs et vos vidéos publiques. La publication viendra plus tard.";
        about_youtube: "Your channel, for its numbers. It asks to read the channel, its videos and their statistics. Publishing comes later."
            | "Votre chaîne, pour ses chiffres. Il demande de lire la chaîne, ses vidéos et leurs statistiques. La publication viendra plus tard.";
        can_numbers: "Numbers" | "Chiffres";
        can_publish: "Publishing" | "Publication";
        not_yet: "not yet" | "pas encore";
        can_text: "Text" | "Texte";
        can_text_alone: "Text alone" | "Texte seul";
        not_possible: "not possible" | "impossible";
        can_images[images]: "{images} image" / "Up to {images} images" | "{images} image" / "Jusqu’à {images} images";
        permissions: "Permissions by name" | "Noms des autorisations";
        not_configured: "Not set up on this server. Missing in its settings:" | "Pas configuré sur ce serveur. Il manque dans ses réglages\u{a0}:";
        not_configured_do: "The steps are in docs/PLATFORMS.md." | "La marche à suivre est dans docs/PLATFORMS.md.";

        bluesky_open: "Connect" | "Connecter";
        bluesky_reconnect(account): "Connect {account} again with a new app password."
            | "Reconnectez {account} avec un nouveau mot de passe d’application.";
        host: "Server" | "Serveur";
        host_hint: "Empty means bsky.social." | "Vide\u{a0}: bsky.social.";
        host_hint_sandbox: "Empty means the simulated server." | "Vide\u{a0}: le serveur simulé.";
        handle: "Handle" | "Identifiant";
        handle_hint: "Such as name.bsky.social." | "Par exemple nom.bsky.social.";
        app_password: "App password" | "Mot de passe d’application";
        app_password_hint: "Not your own password. Fanfare uses it once and doesn’t keep it."
            | "Pas votre mot de passe habituel. Fanfare l’utilise une fois et ne le garde pas.";
        app_password_sandbox: "Handles and app passwords stand on the front page of the simulated platforms."
            | "Identifiants et mots de passe d’application figurent sur la page d’accueil des plateformes simulées.";
        app_password_where: "Make one at Bluesky (opens there)" | "En créer un chez Bluesky (s’ouvre là-bas)";

        outcome_connected(platform): "{platform} is connected." | "{platform} est connecté.";
        outcome_added[accounts]: "{accounts} account is connected." / "{accounts} accounts are connected."
            | "{accounts} compte est connecté." / "{accounts} comptes sont connectés.";
        outcome_next: "Posts can go out through it now." | "Les publications peuvent partir par là.";
        outcome_failed(platform): "{platform} was not connected." | "{platform} n’a pas été connecté.";
        outcome_failed_some: "Nothing was connected." | "Rien n’a été connecté.";
        outcome_bad_state: "The answer doesn’t belong to a connection started here, or came more than ten minutes late. Start again."
            | "La réponse ne correspond pas à une connexion commencée ici, ou arrive plus de dix minutes après. Recommencez.";
        outcome_scopes: "Publishing needs permissions that were not given. Connect again and leave everything ticked."
            | "Il manque des autorisations pour publier. Reconnectez en laissant tout coché.";
        outcome_other: "Another profile answered than the one to reconnect. Sign in there with the right one, or connect it as a new account."
            | "Un autre profil a répondu que celui à reconnecter. Connectez-vous là-bas avec le bon, ou ajoutez-le comme nouveau compte.";
        outcome_said: "It refused and gave a reason, which stands in the server’s log. Try again; if it stays so, show that to whoever runs this server."
            | "Elle a refusé avec une raison, notée dans le journal du serveur. Réessayez\u{202f}; si cela persiste, montrez-la à la personne qui gère ce serveur.";
        outcome_gone: "The account to reconnect is not here any more. Connect it as a new one."
            | "Le compte à reconnecter n’est plus ici. Ajoutez-le comme nouveau compte.";
        outcome_unknown: "Something was in the way. Try again." | "Quelque chose a gêné. Réessayez.";
        try_again: "Try again" | "Réessayer";

        choose_title: "Choose accounts" | "Choisir les comptes";
        choose_text(platform): "{platform} gives access to these. Those you leave out stay out; you can add them later."
            | "{platform} donne accès à ceux-ci. Ceux que vous laissez restent dehors\u{202f}; vous pourrez les ajouter plus tard.";
        choose_legend: "Pages and profiles" | "Pages et profils";
        choose_connected: "connected already, will be renewed" | "déjà connecté, sera renouvelé";
        choose_act: "Add" | "Ajouter";
        choose_gone_title: "This choice is over." | "Ce choix n’est plus possible.";
        choose_gone_text: "It was made, or half an hour has passed. Connect the platform again."
            | "Il a été fait, ou une demi-heure a passé. Reconnectez la plateforme.";
        back: "All accounts" | "Tous les comptes";
    }
}
