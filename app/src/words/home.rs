words! {
    /// The first page.
    Home {
        title: "Home" | "Accueil";
        first_title: "Three steps to your first post." | "Trois gestes, et la première publication part.";
        first_text: "Nothing is connected yet, so nothing can go out. Take the steps in any order."
            | "Rien n’est encore connecté, donc rien ne peut partir. Commencez par où vous voulez.";
        first_title_connected: "Ready for the first post." | "Prêt pour la première publication.";
        first_text_connected: "An account is connected. Write something and choose its time; Fanfare sends it."
            | "Un compte est connecté. Écrivez et choisissez l’heure\u{202f}; Fanfare s’occupe de l’envoi.";
        connect_title: "Connect an account" | "Connecter un compte";
        connect_text: "Instagram, Facebook, X, LinkedIn or Bluesky, and TikTok and YouTube for their numbers. You sign in there; Fanfare keeps the permission, never your password."
            | "Instagram, Facebook, X, LinkedIn ou Bluesky, et TikTok et YouTube pour leurs chiffres. Vous vous connectez là-bas\u{202f}; Fanfare garde l’autorisation, jamais votre mot de passe.";
        connect_text_sandbox: "Instagram, Facebook, X, LinkedIn or Bluesky, and TikTok and YouTube for their numbers. Here they are simulated: they behave like the platforms, and nothing leaves this server."
            | "Instagram, Facebook, X, LinkedIn ou Bluesky, et TikTok et YouTube pour leurs chiffres. Ici ils sont simulés\u{a0}: ils se comportent comme les plateformes, et rien ne quitte ce serveur.";
        connect_act: "Connect" | "Connecter";
        compose_title: "Compose, and choose the time" | "Composer et choisir l’heure";
        compose_text(zone): "Write now, even without an account: it is kept as a draft. Times are in {zone}."
            | "Écrivez dès maintenant, même sans compte\u{a0}: c’est gardé comme brouillon. Les heures sont celles de {zone}.";
        compose_act: "Compose" | "Composer";
        watch_title: "Watch it go out" | "La voir partir";
        watch_text: "Posts show their state on every account, and say what to do when something is in the way."
            | "Publications montre l’état sur chaque compte, et dit quoi faire si quelque chose gêne.";
        watch_act: "See posts" | "Voir les publications";
        needs_you: "Needs you" | "À vous de jouer";
        nothing_needs_you: "Nothing needs you." | "Rien à traiter.";
        all_attention: "All of them" | "Tout voir";
        need(platform, post): "{platform}: “{post}”" | "{platform}\u{a0}: «\u{a0}{post}\u{a0}»";
        reconnect_title(account): "{account} has to be connected again" | "{account} est à reconnecter";
        expiring(account): "The connection of {account} ends soon" | "La connexion de {account} prend bientôt fin";
        waiting[posts]: "{posts} post waits for it." / "{posts} posts wait for it." | "{posts} publication l’attend." / "{posts} publications l’attendent.";
        nothing_waits: "No post waits for it." | "Aucune publication ne l’attend.";
        today: "Today" | "Aujourd’hui";
        nothing_today: "Nothing is planned for today." | "Rien n’est prévu aujourd’hui.";
        next: "Coming up" | "À venir";
        all_scheduled: "All scheduled" | "Toutes les planifiées";
        last: "Went out last" | "Parties en dernier";
        all_published: "All published" | "Toutes les publiées";
        no_workspace_title: "You are in no workspace." | "Vous n’êtes dans aucun espace de travail.";
        no_workspace_text: "Create one, or open the link of an invitation." | "Créez-en un, ou ouvrez le lien d’une invitation.";
        create_workspace: "Create the workspace" | "Créer l’espace de travail";
    }
}
