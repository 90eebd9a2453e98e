words! {
    /// What a state means on one account, why it is so, and what to do. The first sentence says what happened.
    PostStates {
        draft: "It has no time yet." | "Elle n’a pas encore d’heure.";
        awaiting_approval: "It waits for an approval." | "Elle attend une validation.";
        scheduled: "It goes out by itself." | "Elle partira toute seule.";
        publishing: "It is going out this moment." | "Elle part en ce moment.";
        publishing_prepared: "The platform has the images; the post follows." | "La plateforme a les images\u{202f}; la publication suit.";
        publishing_committing: "It is being made public this moment." | "Elle est rendue publique en ce moment.";
        published: "It is out." | "Elle est publiée.";
        published_no_link: "It is out. The platform gave no link to it." | "Elle est publiée. La plateforme n’a pas donné de lien.";
        deleted: "It was deleted at the platform." | "Elle a été supprimée sur la plateforme.";
        failed: "It was not sent." | "Elle n’a pas été envoyée.";
        unknown: "We don’t know yet whether it is out." | "On ne sait pas encore si elle est partie.";
        missed: "Its time passed before it could be sent, and it is never sent late by itself."
            | "Son heure est passée avant l’envoi, et elle ne part jamais en retard toute seule.";
        cancelled: "It was called off and isn’t sent." | "Elle a été annulée et ne part pas.";
        delete_requested: "It will be deleted as soon as the outcome is known." | "Elle sera supprimée dès que l’issue sera connue.";
        deleting: "It is being deleted there." | "Elle est en cours de suppression là-bas.";
        deletion_failed: "It could not be deleted there." | "Elle n’a pas pu être supprimée là-bas.";
        deletion_failed_do: "Open it there and delete it by hand, or try again from here."
            | "Ouvrez-la là-bas et supprimez-la à la main, ou réessayez d’ici.";
        deletion_reconnect_do: "Reconnect the account in Accounts, then delete the post once more."
            | "Reconnectez le compte dans Comptes, puis supprimez la publication à nouveau.";
        no_deletion(platform): "{platform} lets no app delete posts." | "{platform} ne laisse aucune application supprimer des publications.";
        no_deletion_do: "Open it there and delete it by hand." | "Ouvrez-la là-bas et supprimez-la à la main.";
        transient(platform, message): "{platform} had a passing fault: {message}" | "{platform} a eu une panne passagère\u{a0}: {message}";
        transient_do: "Nothing to do: it is tried again by itself." | "Rien à faire\u{a0}: un nouvel essai suit tout seul.";
        rate_limited(platform): "{platform} takes no more posts from this account for now." | "{platform} n’accepte plus de publications de ce compte pour l’instant.";
        rate_limited_do: "Nothing to do: it goes out as soon as the platform allows." | "Rien à faire\u{a0}: elle partira dès que la plateforme le permet.";
        reconnect(platform, message): "{platform} no longer accepts the connection: {message}" | "{platform} n’accepte plus la connexion\u{a0}: {message}";
        reconnect_do: "Reconnect the account in Accounts; the post goes out then if it isn’t too late." | "Reconnectez le compte dans Comptes\u{202f}; elle partira alors s’il n’est pas trop tard.";
        rejected(platform, message): "{platform} refused it: {message}" | "{platform} l’a refusée\u{a0}: {message}";
        rejected_do: "Change what it objects to, then send it again. The other accounts are not touched." | "Changez ce qui gêne, puis renvoyez. Les autres comptes ne sont pas touchés.";
        forbidden_do: "It gave no cause. Look there whether the account is locked or limited; if it isn’t, connect it again in Accounts. Then send the post again."
            | "Elle ne dit pas pourquoi. Voyez là-bas si le compte est bloqué ou limité\u{202f}; sinon, reconnectez-le dans Comptes. Puis renvoyez.";
        fixed_do: "It went to other accounts already, so its text and images stay as they are. Duplicate it, choose only this account, and change what it objects to."
            | "Elle est déjà partie vers d’autres comptes\u{a0}: son texte et ses images ne changent plus. Dupliquez-la, gardez ce seul compte et changez ce qui gêne.";
        gave_up(platform, message): "{platform} could not be reached for too long: {message}" | "{platform} est restée injoignable trop longtemps\u{a0}: {message}";
        gave_up_do: "Send it again when the platform works." | "Renvoyez quand la plateforme remarche.";
        worker_lost: "The server stopped before anything was made public." | "Le serveur s’est arrêté avant que rien ne soit public.";
        worker_lost_do: "Nothing to do: it is sent again by itself." | "Rien à faire\u{a0}: elle repart toute seule.";
        answer_lost(platform, message): "{platform} didn’t confirm: {message}" | "{platform} n’a pas confirmé\u{a0}: {message}";
        answer_lost_do: "We look at the profile until we know, and send nothing a second time." | "On regarde le profil jusqu’à savoir, et rien n’est envoyé deux fois.";
        undecidable(platform, message): "{platform} doesn’t tell whether it is there: {message}" | "{platform} ne dit pas si elle y est\u{a0}: {message}";
        undecidable_do: "Look at the profile and say whether it is there. Nothing is sent until you do." | "Regardez le profil et dites si elle y est. Rien n’est envoyé d’ici là.";
        undecidable_deleted_do: "You deleted this post while it was going out. Look at the profile: if it is there, delete it there; then say here whether it was."
            | "Vous avez supprimé cette publication pendant qu’elle partait. Regardez le profil\u{a0}: si elle y est, supprimez-la là-bas\u{202f}; puis dites ici si elle y était.";
        late_start: "No worker was running at its time." | "Aucun processus d’envoi ne tournait à son heure.";
        held_back: "The server was restored from a backup; the post may be out since." | "Le serveur a été restauré d’une sauvegarde\u{a0}; la publication est peut-être déjà partie.";
        held_back_do: "Look at the profile first. If it is there, leave it; if it isn’t, send it now or choose another time."
            | "Regardez d’abord le profil. Si elle y est, laissez-la\u{202f}; sinon, envoyez-la maintenant ou choisissez une autre heure.";
        paused: "The account is paused." | "Le compte est en pause.";
        paused_do: "Switch the account on in Accounts, then send it now or later." | "Réactivez le compte dans Comptes, puis envoyez maintenant ou plus tard.";
        media(message): "An image could not be prepared: {message}" | "Une image n’a pas pu être préparée\u{a0}: {message}";
        media_do: "Replace the image, then send it again." | "Remplacez l’image, puis renvoyez.";
        resend_do: "Send it now or choose another time, or leave it." | "Envoyez-la maintenant ou choisissez une autre heure, ou laissez-la.";
        draft_do: "Edit it and choose a time." | "Modifiez-la et choisissez une heure.";
        no_reason_do: "Send it again, or leave it." | "Renvoyez-la, ou laissez-la.";
    }
}
