words! {
    /// Around every chart.
    Charts {
        about: "Formula and source" | "Formule et source";
        download: "Download" | "Télécharger";
        csv: "The numbers, as CSV" | "Les chiffres, en CSV";
        png: "The picture, as PNG" | "L’image, en PNG";
        table: "The numbers, day by day" | "Les chiffres, jour par jour";
        day: "Day" | "Jour";
        not_known: "–" | "–";
        not_loaded: "The drawing could not be loaded. The numbers are below." | "Le dessin n’a pas pu être chargé. Les chiffres sont dessous.";
    }
}
