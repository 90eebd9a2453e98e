words! {
    /// What is wrong with one field, in a sentence under it.
    Problems {
        required: "Fill this in." | "À remplir.";
        too_short[min]: "At least {min} character." / "At least {min} characters." | "Au moins {min} caractère." / "Au moins {min} caractères.";
        too_long(max, got): "At most {max} characters; these are {got}." | "{max} caractères au plus\u{202f}; il y en a {got}.";
        bad_email: "That is no e-mail address." | "Ce n’est pas une adresse e-mail.";
        wrong_credentials: "The address and the password don’t belong together." | "L’adresse et le mot de passe ne vont pas ensemble.";
        already_taken: "That is taken already." | "C’est déjà pris.";
        link_expired: "The link was used, or its time is over. Ask for a new one." | "Le lien a été utilisé ou son délai est passé. Demandez-en un nouveau.";
        unknown_time_zone: "No such time zone. Such as Europe/Paris." | "Fuseau inconnu. Par exemple Europe/Paris.";
        bad_time: "That date and time can’t be read." | "Cette date et cette heure sont illisibles.";
        in_the_past: "That time has passed." | "Cette heure est passée.";
        too_far_ahead[days]: "At most {days} day ahead." / "At most {days} days ahead." | "{days} jour à l’avance au plus." / "{days} jours à l’avance au plus.";
        no_account: "Choose at least one account." | "Choisissez au moins un compte.";
        account_not_ready(account): "{account} can’t publish now. Reconnect it or leave it out." | "{account} ne peut pas publier. Reconnectez-le ou retirez-le.";
        host_not_an_address: "That is no address of a server." | "Ce n’est pas une adresse de serveur.";
        host_needs_https: "The address has to start with https." | "L’adresse doit commencer par https.";
        host_private: "That address is inside a private network, where Fanfare doesn’t call." | "Cette adresse est dans un réseau privé, où Fanfare n’appelle pas.";
        host_port: "That port is not allowed." | "Ce port n’est pas autorisé.";
        host_not_resolved: "No server has that name." | "Aucun serveur ne porte ce nom.";
        host_not_reachable: "That server doesn’t answer." | "Ce serveur ne répond pas.";
        host_wrong_server: "Something else answers there." | "C’est autre chose qui répond là.";
        bad_handle: "That is no handle. Such as name.bsky.social." | "Ce n’est pas un identifiant. Par exemple nom.bsky.social.";
        unsupported_file: "Only JPEG, PNG, WebP and GIF images." | "Seulement des images JPEG, PNG, WebP ou GIF.";
        file_too_large(max): "The file is too large; at most {max}." | "Le fichier est trop gros\u{202f}; {max} au plus.";
        too_many_pixels: "The image has too many pixels. Make it smaller." | "L’image a trop de pixels. Réduisez-la.";
        damaged_file: "The file is damaged, or not what its name says." | "Le fichier est abîmé, ou n’est pas ce que dit son nom.";
        upload_broken: "The upload broke off. Try again." | "L’envoi s’est interrompu. Réessayez.";
        bad_value: "That value isn’t possible." | "Cette valeur n’est pas possible.";
        megabytes(amount): "{amount} MB" | "{amount}\u{a0}Mo";
        platform_rule(platform, rule): "{platform}: {rule}" | "{platform}\u{a0}: {rule}";
        rule_publishes_nothing: "Fanfare can’t publish there yet. Leave this account out" | "Fanfare ne peut pas encore y publier. Retirez ce compte";
        rule_empty: "neither text nor image" | "ni texte ni image";
        rule_text_too_long[over]: "{over} character too many" / "{over} characters too many" | "{over} caractère de trop" / "{over} caractères de trop";
        rule_text_too_many_bytes[over]: "{over} byte too many (emoji and accents count more)" / "{over} bytes too many (emoji and accents count more)"
            | "{over} octet de trop (emojis et accents comptent plus)" / "{over} octets de trop (emojis et accents comptent plus)";
        rule_too_many_hashtags(max, got): "{got} hashtags, it takes {max}" | "{got} mots-dièse, {max} au plus";
        rule_too_many_mentions(max, got): "{got} mentions, it takes {max}" | "{got} mentions, {max} au plus";
        rule_needs_image: "needs an image" | "il faut une image";
        rule_too_many_images(max, got): "{got} images, it takes {max}" | "{got} images, {max} au plus";
        rule_alt_too_long(image, over): "alt text of image {image} is {over} characters too long" | "le texte alternatif de l’image {image} a {over} caractères de trop";
        rule_no_alt(image): "image {image} has no alt text" | "l’image {image} n’a pas de texte alternatif";
        rule_ratio(image): "image {image} has unusual proportions; bars will be added" | "l’image {image} a des proportions inhabituelles\u{202f}; des bandes seront ajoutées";
    }
}
