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
        posts[posts]: "{posts} post" / "{posts} posts" | "{posts} publication" / "{posts} publications";
        days_label(name, posts): "{name}, {posts}" | "{name}, {posts}";
        more[posts]: "+{posts} more" / "+{posts} more" | "+{posts} autre" / "+{posts} autres";
        more_on(more, day): "{more} on {day}" | "{more}, {day}";
        compose_for(day): "Compose for {day}" | "Composer pour le {day}";
        hour(hour): "{hour}:00" | "{hour}\u{a0}h";
        nothing: "Nothing on this day." | "Rien ce jour-là.";
        nothing_filtered: "No post of this kind on this day." | "Aucune publication de ce genre ce jour-là.";
        not_all(shown, total): "{shown} of {total} posts are here. Filter to see others." | "Voici {shown} publications sur {total}. Filtrez pour voir les autres.";
        nothing_text: "Look at another day, or compose for this one." | "Voyez un autre jour, ou composez pour celui-ci.";
        nothing_planned: "Nothing stands here. What is scheduled and what went out appears on its day." | "Rien ici. Ce qui est planifié ou parti apparaît à son jour.";
        how_to_move: "Drag a post to another day, or press M on it and use the arrows." | "Glissez une publication vers un autre jour, ou appuyez sur M puis sur les flèches.";
        moving(post): "“{post}” is lifted. Arrows choose the day, Enter puts it there, Escape leaves it." | "«\u{a0}{post}\u{a0}» est prise. Les flèches choisissent le jour, Entrée la pose, Échap la laisse.";
        to_day(day): "To {day}." | "Vers {day}.";
        left: "Left where it was." | "Laissée à sa place.";
        moved(when): "Moved to {when}." | "Déplacée\u{a0}: {when}.";
        undo: "Undo" | "Annuler";
        undone(when): "Back to {when}." | "De retour\u{a0}: {when}.";
        past: "That time has passed. Drop it on a later day, or open it and publish it now." | "Cette heure est passée. Posez la publication sur un jour à venir, ou ouvrez-la pour la publier maintenant.";
        states_key: "What the marks mean" | "Ce que veulent dire les marques";
    }
}
