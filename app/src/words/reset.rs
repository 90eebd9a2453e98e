words! {
    /// The page behind a link to a new password.
    Reset {
        title: "Choose a new password" | "Choisir un nouveau mot de passe";
        text: "This ends every session of yours, on every device."
            | "Cela met fin à toutes vos sessions, sur tous vos appareils.";
        submit: "Change the password" | "Changer le mot de passe";
        gone_title: "This link can’t be used any more." | "Ce lien n’est plus utilisable.";
        gone_text(command): "It was used, or its time is over. Whoever runs this server makes a new one with “{command}”."
            | "Il a été utilisé, ou son délai est passé. La personne qui gère ce serveur en crée un autre avec «\u{a0}{command}\u{a0}».";
    }
}
