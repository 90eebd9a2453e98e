//! What Trail & Tide says in French, to its customers in Québec.

use super::{Campaign, Line, Slot};

pub(super) const LINES: &[Line] = &[
    ("Premières lueurs sur {lieu}. La tente a tenu, le café non.", "north tent"),
    ("Essai terrain, semaine {nombre} : {objet} après {distance} de boue. On garde.", "boots forest"),
    ("Houle annoncée à {lieu}, vent léger. Qui vient ?", "sea kayak"),
    ("Trois choses toujours dans le sac : {objet}, une frontale, et une collation de trop.", "map tent"),
    ("Réparer avant de remplacer. Apportez-nous ce qui fuit, on le recoud gratuitement {jour} 🧵", "boots"),
    ("{nom} a marché {distance} pour savoir si les semelles valaient le prix. Oui.", "boots forest"),
    ("Sentier fermé à {lieu} après la tempête. Laissez une semaine à l’équipe, merci.", "forest map"),
    ("Une carte n’est jamais à plat.", "map"),
    ("Eau froide, gens chaleureux. Sortie en kayak à l’aube chaque {jour}, débutants bienvenus 🛶", "kayak"),
    ("Nouveau en boutique : {objet}, plus léger, même prix.", "tent boots"),
    ("Lire une courbe de niveau en vingt secondes : quand elles se serrent, on ralentit.", "map"),
    (
        "Laissez l’endroit plus propre qu’avant. Merci à celles et ceux de {lieu}, quel beau dimanche.",
        "sea forest",
    ),
    ("Brume ce matin. On a attendu, et puis ceci.", "sea north forest"),
    ("Un bon nœud se défait avec des gants. En voici {nombre}.", "kayak"),
];

pub(super) const CLOSERS: &[&str] = &[
    "On se voit dehors.",
    "Vérifiez la météo deux fois.",
    "Racontez-nous au retour.",
    "Restez sur le sentier.",
];

pub(super) const SLOTS: &[Slot] = &[
    ("lieu", &["Charlevoix", "la Gaspésie", "Percé", "mont Orford", "Tadoussac", "Bic"]),
    ("nombre", &["trois", "quatre", "cinq", "sept"]),
    (
        "objet",
        &[
            "la tente de neuf cents grammes",
            "les bas en mérinos",
            "le sac étanche",
            "une vraie veste de pluie",
            "les bâtons",
        ],
    ),
    ("distance", &["trente kilomètres", "dix-huit kilomètres", "cinquante kilomètres"]),
    ("jour", &["jeudi", "vendredi", "samedi", "dimanche"]),
    ("nom", &["Sam", "Luis", "Maude", "Priya"]),
];

pub(super) const TAGS: &[&str] =
    &["#trailandtide", "#randonnée", "#pleinair", "#kayak", "#sanstrace", "#québec", "#matériel", "#bivouac"];

pub(super) const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        name: "leaves",
        from: (9, 25),
        to: (11, 5),
        tag: "#couleurs",
        lines: &[(
            "Les couleurs sont au plus beau à {lieu}, dit {nom}, qui le dit chaque année 🍁",
            "forest",
        )],
    },
    Campaign {
        name: "gifts",
        from: (11, 15),
        to: (12, 17),
        tag: "#souslesapin",
        lines: &[("Idée pour qui a déjà tout : {objet}, et un après-midi dehors 🎁", "tent map")],
    },
];
