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
        crop(number): "Crop image {number}" | "Recadrer l’image {number}";
        crop_title: "Crop the image" | "Recadrer l’image";
        crop_act: "Crop" | "Recadrer";
        crop_frame: "What is kept" | "Ce qui est gardé";
        crop_keys: "Drag the frame or its corners, or use the arrow keys; with Shift in larger steps. The upload stays whole."
            | "Faites glisser le cadre ou ses coins, ou utilisez les flèches\u{202f}; plus vite avec Maj. Le fichier reste entier.";
        corner_top_left: "Top left corner" | "Coin supérieur gauche";
        corner_top_right: "Top right corner" | "Coin supérieur droit";
        corner_bottom_left: "Bottom left corner" | "Coin inférieur gauche";
        corner_bottom_right: "Bottom right corner" | "Coin inférieur droit";
        pixels(width, height): "{width} × {height} pixels" | "{width} × {height} pixels";
        ratio: "Proportions" | "Proportions";
        ratio_free: "Free" | "Libres";
        ratio_square: "1:1" | "1:1";
        ratio_portrait: "4:5" | "4:5";
        ratio_landscape: "1.91:1" | "1,91:1";
        ratio_wide: "16:9" | "16:9";
        whole_image: "Whole image" | "Image entière";
        alt_title: "Describe the image" | "Décrire l’image";
        alt_label: "Alt text" | "Texte alternatif";
        alt_hint: "Read out to people who can’t see the image. Say what matters in it, in a sentence or two."
            | "Lu à voix haute à qui ne voit pas l’image. Dites ce qui compte, en une ou deux phrases.";
    }
}
