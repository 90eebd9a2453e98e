words! {
    /// What is counted, what it is called, and how it comes about.
    Metrics {
        followers: "Followers" | "Abonnés";
        reach: "Reach" | "Portée";
        views: "Views" | "Vues";
        engagement: "Engagement" | "Engagement";
        engagement_rate: "Engagement rate" | "Taux d’engagement";
        likes: "Likes" | "J’aime";
        comments: "Comments" | "Commentaires";
        shares: "Shares" | "Partages";
        saves: "Saves" | "Enregistrements";
        watch_time: "Watch time" | "Temps de visionnage";
        posts: "Posts" | "Publications";
        about_followers: "People who follow, at the end of each day, as the platform counts them."
            | "Les personnes abonnées à la fin de chaque jour, telles que la plateforme les compte.";
        about_reach: "Different people who saw something on a day, as the platform counts them. Over several days the days are added, so somebody who came twice counts twice."
            | "Les personnes différentes qui ont vu quelque chose un jour donné, telles que la plateforme les compte. Sur plusieurs jours, les jours s’additionnent\u{a0}: qui est venu deux fois compte deux fois.";
        about_views: "How often something was seen on a day, as the platform counts it."
            | "Combien de fois quelque chose a été vu un jour donné, selon la plateforme.";
        about_engagement: "Likes + comments + shares + saves of each day, as far as the platform tells them."
            | "J’aime + commentaires + partages + enregistrements de chaque jour, autant que la plateforme les donne.";
        about_engagement_rate: "(Likes + comments + shares + saves) / followers: the engagement of the time over the followers at its end."
            | "(J’aime + commentaires + partages + enregistrements) / abonnés\u{a0}: l’engagement de la période sur les abonnés à sa fin.";
        about_count: "What each day brought, as the platform counts it."
            | "Ce que chaque jour a apporté, selon la plateforme.";
        about_posts: "Posts published on each day, from here or elsewhere, as far as the platform lists them."
            | "Les publications de chaque jour, d’ici ou d’ailleurs, autant que la plateforme les liste.";
        not_available: "not available" | "non disponible";
        none_from(platform): "no number from {platform}" | "aucun chiffre de {platform}";
        before(value): "{value} before" | "{value} avant";
        points(number): "{number} pt" | "{number}\u{a0}pt";
        up: "more than before" | "plus qu’avant";
        down: "less than before" | "moins qu’avant";
        level: "as before" | "comme avant";
    }
}
