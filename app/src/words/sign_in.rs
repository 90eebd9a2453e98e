words! {
    /// The sign-in page and the picture beside its kin.
    SignIn {
        title: "Sign in" | "Se connecter";
        submit: "Sign in" | "Se connecter";
        forgotten: "Forgotten?" | "Oublié\u{202f}?";
        forgotten_text(command): "Ask whoever runs this server for a link to a new password; they make it with “{command}”."
            | "Demandez à la personne qui gère ce serveur un lien vers un nouveau mot de passe\u{202f}; elle le crée avec «\u{a0}{command}\u{a0}».";
        demo_title: "This is the demo" | "Ceci est la démo";
        demo_password(password): "Walk in with a click, or sign in by hand with the password “{password}”."
            | "Entrez d’un clic, ou connectez-vous à la main avec le mot de passe «\u{a0}{password}\u{a0}».";
        demo_act: "Walk in" | "Entrer";
        demo_act_as(name): "as {name}" | "en tant que {name}";
        promise_first: "Compose once." | "Composer une fois.";
        promise_then: "Published exactly once." | "Publier exactement une fois.";
        promise_label: "What Fanfare does" | "Ce que fait Fanfare";
        promise_text: "Every platform is a line, every post a mark on it: gone out, to come, or asking for you."
            | "Chaque plateforme est une ligne, chaque publication une marque\u{a0}: partie, à venir, ou à regarder.";
        password_changed: "Your password is changed." | "Votre mot de passe est changé.";
        password_changed_text: "Sign in with the new one. You are signed out everywhere else."
            | "Connectez-vous avec le nouveau. Vous êtes déconnecté partout ailleurs.";
        signed_out: "You are signed out." | "Vous êtes déconnecté.";
    }
}
