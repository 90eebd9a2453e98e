words! {
    /// Writing a post.
    Composer {
        new_title: "New post" | "Nouvelle publication";
        edit_title: "Edit post" | "Modifier la publication";
        accounts: "Accounts" | "Comptes";
        no_accounts: "No account is connected yet. Write all the same: it is kept as a draft."
            | "Aucun compte n’est encore connecté. Écrivez quand même\u{a0}: c’est gardé comme brouillon.";
        connect: "Connect an account" | "Connecter un compte";
        reconnect: "Reconnect" | "Reconnecter";
        needs_reconnect(accounts): "{accounts}: has to be connected again first. Posts to it wait until then."
            | "{accounts}\u{a0}: à reconnecter d’abord. Ses publications attendent jusque-là.";
        paused(accounts): "{accounts}: paused. Switch it on again in Accounts to publish." | "{accounts}\u{a0}: en pause. Réactivez-le dans Comptes pour publier.";
        expiring(accounts): "{accounts}: the connection ends soon. Renew it in Accounts." | "{accounts}\u{a0}: la connexion prend bientôt fin. Renouvelez-la dans Comptes.";
        erring(accounts): "{accounts}: the last call failed. It may pass by itself." | "{accounts}\u{a0}: le dernier appel a échoué. Cela peut passer tout seul.";
        text: "Text" | "Texte";
        text_placeholder: "What do you want to say?" | "Que voulez-vous dire\u{202f}?";
        counters: "Characters used" | "Caractères utilisés";
        counter_of(platform): "{platform}:" | "{platform}\u{a0}:";
        images: "Images" | "Images";
        images_hint: "Drop or paste them anywhere here." | "Déposez-les ou collez-les ici, n’importe où.";
        checks: "Before it can go out" | "Avant l’envoi";
        must[points]: "{points} must" / "{points} must" | "{points} à régler" / "{points} à régler";
        should[points]: "{points} should" / "{points} should" | "{points} conseillé" / "{points} conseillés";
        all_good: "Nothing in the way." | "Rien ne s’y oppose.";
        versions: "Versions of the post" | "Versions de la publication";
        all: "All" | "Toutes";
        own_text: "own text" | "texte propre";
        has_fault: "something to settle" | "quelque chose à régler";
        customise: "Customise for" | "Adapter pour";
        customise_for(platform): "Customise for {platform}" | "Adapter pour {platform}";
        customise_act: "Customise" | "Adapter";
        only_for(platform): "Only {platform} gets this version." | "Seul {platform} reçoit cette version.";
        text_for(platform): "Text for {platform}" | "Texte pour {platform}";
        use_common: "Use the common text" | "Reprendre le texte commun";
        remove_own_title(platform): "Give up the version for {platform}?" | "Abandonner la version pour {platform}\u{202f}?";
        remove_own_text: "Its own text and images are lost; the platform gets what all get."
            | "Son texte et ses images propres sont perdus\u{202f}; la plateforme reçoit la version commune.";
        same_images[images]: "The same image as for all: {images}." / "The same images as for all: {images}."
            | "La même image que pour toutes\u{a0}: {images}." / "Les mêmes images que pour toutes\u{a0}: {images}.";
        choose_images: "Choose other images" | "Choisir d’autres images";
        common_images: "Use the common images" | "Reprendre les images communes";
        left_out: "Left out:" | "Laissées de côté\u{a0}:";
        add_image(number): "Add image {number}" | "Ajouter l’image {number}";
        sending: "An image is still being uploaded." | "Une image est encore en cours d’envoi.";
        refused: "An image was not accepted. Remove it or choose another." | "Une image n’a pas été acceptée. Retirez-la ou choisissez-en une autre.";
        show: "Show" | "Montrer";
        crop: "Crop" | "Recadrer";
        crop_what(point): "Crop: {point}" | "Recadrer\u{a0}: {point}";
        open: "Open" | "Ouvrir";
        open_what(point): "Open the other post: {point}" | "Ouvrir l’autre publication\u{a0}: {point}";
        same_text_to_come(accounts, time): "The same text goes out on {accounts}: {time}." | "Le même texte partira sur {accounts}\u{a0}: {time}.";
        same_text_out(accounts, time): "The same text was on {accounts}: {time}." | "Le même texte a paru sur {accounts}\u{a0}: {time}.";
        same_time(accounts, time, text): "Another post on {accounts}, {time}: “{text}”" | "Une autre publication sur {accounts}, {time}\u{a0}: «\u{a0}{text}\u{a0}»";
        show_what(point): "Show: {point}" | "Montrer\u{a0}: {point}";
        previews: "Previews" | "Aperçus";
        preview_none: "Choose an account to see how the post will look there." | "Choisissez un compte pour voir la publication telle qu’elle y sera.";
        preview_just_now: "Just now" | "À l’instant";
        preview_needs_image: "An image goes here" | "Une image se place ici";
        preview_over[over]: "{over} over" / "{over} over" | "{over} de trop" / "{over} de trop";
        preview_crops[images]: "{images} with bars" / "{images} with bars" | "{images} avec bandes" / "{images} avec bandes";
        more: "History and copy" | "Historique et copie";
        history: "History" | "Historique";
        write: "Write" | "Écrire";
        preview: "Preview" | "Aperçu";
        view_choice: "Write or preview" | "Écrire ou voir l’aperçu";
        save_draft: "Save draft" | "Garder le brouillon";
        saved_at(time): "Saved {time}" | "Enregistré à {time}";
        saving: "Saving…" | "Enregistrement…";
        unsaved: "Not saved yet" | "Pas encore enregistré";
        not_saved: "Could not be saved" | "N’a pas pu être enregistré";
        when: "Date and time" | "Date et heure";
        zone(zone): "in {zone}" | "fuseau {zone}";
        schedule: "Schedule" | "Planifier";
        save_changes: "Save changes" | "Enregistrer";
        publish_now: "Publish now" | "Publier maintenant";
        confirm_title: "Publish now?" | "Publier maintenant\u{202f}?";
        confirm_text[accounts]: "It goes out on {accounts} account at once and can’t be called back."
            / "It goes out on {accounts} accounts at once and can’t be called back."
            | "L’envoi sur {accounts} compte est immédiat et ne se rattrape pas." / "L’envoi sur {accounts} comptes est immédiat et ne se rattrape pas.";
        changed_title: "Somebody else changed this post meanwhile." | "Quelqu’un d’autre a modifié cette publication entre-temps.";
        changed_text: "Keep yours to overwrite their change, or load theirs and lose what you wrote since you opened it."
            | "Gardez la vôtre et écrasez la sienne, ou chargez la sienne et perdez ce que vous avez écrit depuis l’ouverture.";
        keep_mine: "Keep mine" | "Garder la mienne";
        load_theirs: "Load theirs" | "Charger la sienne";
        leave_title: "Leave without saving?" | "Quitter sans enregistrer\u{202f}?";
        leave_text: "What you changed since the last save would be lost." | "Ce que vous avez changé depuis le dernier enregistrement serait perdu.";
        leave: "Leave" | "Quitter";
        stay: "Keep writing" | "Continuer";
        close: "Close" | "Fermer";
        done_scheduled(time): "Scheduled for {time}." | "Planifiée pour {time}.";
        done_now: "Going out now." | "L’envoi commence.";
        done_saved: "Saved." | "Enregistré.";
    }
}
