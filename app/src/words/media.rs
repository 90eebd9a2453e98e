words! {
    /// A post's images.
    Media {
        add: "Add or drop" | "Ajouter ou déposer";
        has_alt: "Alt text" | "Texte alternatif";
        no_alt: "No alt text" | "Sans texte alt.";
        sending(name): "Uploading {name}" | "Envoi de {name}";
        percent(sent): "{sent} %" | "{sent}\u{a0}%";
        earlier(number): "Move image {number} forward" | "Avancer l’image {number}";
        later(number): "Move image {number} back" | "Reculer l’image {number}";
        moved(place, images): "Now image {place} of {images}." | "Maintenant image {place} sur {images}.";
        remove(number): "Remove image {number}" | "Retirer l’image {number}";
        alt_title: "Describe the image" | "Décrire l’image";
        alt_label: "Alt text" | "Texte alternatif";
        alt_hint: "Read out to people who can’t see the image. Say what matters in it, in a sentence or two."
            | "Lu à voix haute à qui ne voit pas l’image. Dites ce qui compte, en une ou deux phrases.";
    }
}
