words! {
    /// States of posts and connections.
    States {
        draft: "Draft" | "Brouillon";
        awaiting_approval: "Awaiting approval" | "À valider";
        scheduled: "Scheduled" | "Planifiée";
        publishing: "Publishing" | "En cours d’envoi";
        published: "Published" | "Publiée";
        failed: "Failed" | "Échouée";
        unknown: "Outcome unknown" | "Issue inconnue";
        missed: "Missed" | "Manquée";
        cancelled: "Cancelled" | "Annulée";
    }
}
