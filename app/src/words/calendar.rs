words! {
    /// The calendar.
    Calendar {
        title: "Calendar" | "Calendrier";
        view: "View" | "Vue";
        month: "Month" | "Mois";
        week: "Week" | "Semaine";
        day: "Day" | "Jour";
        list: "List" | "Liste";
        today: "Today" | "Aujourd’hui";
        is_today: "today" | "aujourd’hui";
        before_month: "The month before" | "Le mois précédent";
        after_month: "The month after" | "Le mois suivant";
        before_week: "The week before" | "La semaine précédente";
        after_week: "The week after" | "La semaine suivante";
        before_day: "The day before" | "Le jour précédent";
        after_day: "The day after" | "Le jour suivant";
        zone(zone, abbreviation): "{zone}, {abbreviation}" | "{zone}, {abbreviation}";
        filter_state: "State" | "État";
        any_state: "All states" | "Tous les états";
        filter_author: "Author" | "Auteur";
        any_author: "All authors" | "Tous les auteurs";
        posts[posts]: "{posts} post" / "{posts} posts" | "{posts} publication" / "{posts} publications";
        days_label(name, posts): "{name}, {posts}" | "{name}, {posts}";
        more[posts]: "+{posts} more" / "+{posts} more" | "+{posts} autre" / "+{posts} autres";
        more_on(more, day): "{more} on {day}" | "{more}, {day}";
        compose_for(day): "Compose for {day}" | "Composer pour le {day}";
        hour(hour): "{hour}:00" | "{hour}\u{a0}h";
        more_at(more, day, time): "{more} on {day} at about {time}" | "{more}, {day} vers {time}";
        between(day, from, to): "{day}, {from} to {to}" | "{day}, {from} à {to}";
        open_day: "Open the day" | "Ouvrir le jour";
        days_of_week: "Days of this week" | "Jours de cette semaine";
        not_all(shown, total): "{shown} of {total} posts are here. Filter to see others." | "Voici {shown} publications sur {total}. Filtrez pour voir les autres.";
        nothing_planned: "Nothing stands here. What is scheduled and what went out appears on its day." | "Rien ici. Ce qui est planifié ou parti apparaît à son jour.";
        how_to_move: "Drag a post to another time, or press M on it and use the arrows. Shift and a click, or X, marks several to move together." | "Glissez une publication vers une autre heure, ou appuyez sur M puis sur les flèches. Maj et un clic, ou X, en marque plusieurs à déplacer ensemble.";
        moving(post): "“{post}” is lifted. Arrows choose the day, Enter puts it there, Escape leaves it." | "«\u{a0}{post}\u{a0}» est prise. Les flèches choisissent le jour, Entrée la pose, Échap la laisse.";
        moving_in_hours(post): "“{post}” is lifted. Up and down choose the time, left and right the day, Enter puts it there, Escape leaves it." | "«\u{a0}{post}\u{a0}» est prise. Haut et bas choisissent l’heure, gauche et droite le jour, Entrée la pose, Échap la laisse.";
        to_day(day): "To {day}." | "Vers {day}.";
        left: "Left where it was." | "Laissée à sa place.";
        moved(when): "Moved to {when}." | "Déplacée\u{a0}: {when}.";
        undo: "Undo" | "Annuler";
        undone(when): "Back to {when}." | "De retour\u{a0}: {when}.";
        moved_all[posts]: "{posts} post moved." / "{posts} posts moved." | "{posts} publication déplacée." / "{posts} publications déplacées.";
        undone_all[posts]: "{posts} post is back where it was." / "{posts} posts are back where they were." | "{posts} publication de retour à sa place." / "{posts} publications de retour à leur place.";
        stayed(post, reason): "“{post}” stays where it is: {reason}" | "«\u{a0}{post}\u{a0}» reste à sa place\u{a0}: {reason}";
        marked[posts]: "{posts} marked" / "{posts} marked" | "{posts} marquée" / "{posts} marquées";
        is_marked: "marked" | "marquée";
        marked_posts: "With the marked posts" | "Avec les publications marquées";
        unmark: "Take all marks away" | "Retirer toutes les marques";
        week_earlier: "−1 week" | "−1 semaine";
        day_earlier: "−1 day" | "−1 jour";
        day_later: "+1 day" | "+1 jour";
        week_later: "+1 week" | "+1 semaine";
        begin_on: "The first on" | "La première le";
        move_there: "Move" | "Déplacer";
        past: "That time has passed. Drop it on a later day, or open it and publish it now." | "Cette heure est passée. Posez la publication sur un jour à venir, ou ouvrez-la pour la publier maintenant.";
        states_key: "What the marks mean" | "Ce que veulent dire les marques";
    }
}
