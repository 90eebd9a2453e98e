//! What Studio Lumen says in French.

use super::{Campaign, Line, Slot};

pub(super) const LINES: &[Line] = &[
    (
        "On a photographié {objet} de {artisan} {lumiere}. Une lampe, un réflecteur, pas de magie.",
        "lamp bowls desk",
    ),
    (
        "Le premier site d’un artisan tient en quatre pages : le travail, les prix, l’histoire, comment vous joindre.",
        "desk press",
    ),
    ("Voici {artisan}. Des pièces faites lentement, épuisées deux fois cette année.", "bowls loom soap"),
    (
        "Essai d’emballage pour {objet} : carton recyclé, un pli, pas de plastique, et ça survit à la poste.",
        "soap press",
    ),
    ("On a refusé une refonte cette semaine. L’ancien logo valait mieux que nos dessins.", "press"),
    ("Avant, après : {objet}, {lumiere}. La lumière fait la moitié du prix.", "lamp bowls"),
    ("La lettre du jour : un {lettre} en bois de 1902, un peu grignoté par les souris.", "press"),
    ("Si la légende explique la photo, refaites la photo.", "desk lamp"),
    ("Règle d’atelier numéro {nombre} : répondre dans la journée, même pour dire « bien reçu ».", "desk"),
    ("{artisan} voulait un avis franc. Deux pages, et une boîte de pastéis.", "bowls jasmine"),
    ("Parlons prix, épisode {nombre} : comptez aussi les heures de balai.", "loom desk"),
    (
        "Nouveau sur l’étagère : {objet} de {artisan}. On était les premiers dans la file.",
        "bowls soap jasmine",
    ),
    ("Semaine du tissage. Quatre mètres de lin, une erreur, et c’est le plus bel endroit.", "loom"),
    (
        "Un mois de publications pour une potière : {nombre} cuissons, donc {nombre} histoires. Le reste, silence.",
        "bowls desk",
    ),
    (
        "Appel ouvert : chaque saison on accompagne {nombre} artisans gratuitement. Terre, textile, papier, savon, bois.",
        "loom press soap",
    ),
    ("Trois questions à {artisan} : que copiez-vous, que gardez-vous, que jetez-vous ?", "desk bowls"),
    ("Un bon nom de produit se crie d’un bout à l’autre du marché.", "press soap"),
    ("Quelqu’un à {ville} a choisi {objet} pour l’ombre à gauche. On le savait.", "lamp bowls"),
    (
        "Étude de cas : de {nombre} commandes par mois à soixante, avec une lettre et une meilleure ficelle.",
        "desk soap",
    ),
    ("Derrière cette image : un drap, une fenêtre au nord, et {artisan} qui tient la porte.", "jasmine lamp"),
    ("On nous demande souvent par où commencer. Par une bonne photo et un prix écrit.", "lamp desk"),
    ("Papier du mois : un coton de 300 g qui boit l’encre comme il faut.", "press"),
];

pub(super) const CLOSERS: &[&str] = &[
    "La suite dans le journal.",
    "Écrivez-nous, on aime les lettres.",
    "Fait à Lisbonne, à la main.",
    "Les crédits sont dans le lien.",
    "Demandez-nous comment.",
    "Doucement mais bien.",
];

pub(super) const SLOTS: &[Slot] = &[
    (
        "objet",
        &[
            "un bol émaillé au sel",
            "le savon à l’olive",
            "un chemin de lin",
            "la lampe en noyer",
            "une bougie au jasmin",
            "des cartes en typographie",
            "un vase monté au colombin",
        ],
    ),
    (
        "artisan",
        &[
            "Inês Carvalho",
            "l’Atelier Bruma",
            "Tomé & Filha",
            "Casa do Tear",
            "Olaria Norte",
            "Marta Sol",
            "Pedra Pomes",
        ],
    ),
    (
        "lumiere",
        &[
            "au petit matin",
            "à quatre heures de l’après-midi",
            "devant la fenêtre",
            "sous une seule ampoule",
            "en novembre",
        ],
    ),
    ("lettre", &["Q", "R", "&", "W", "Ç"]),
    ("nombre", &["trois", "quatre", "cinq", "six", "huit"]),
    ("ville", &["Göteborg", "Kyoto", "Montréal", "Gand", "Oaxaca"]),
];

pub(super) const TAGS: &[&str] = &[
    "#artisanat",
    "#faitmain",
    "#céramique",
    "#designlent",
    "#lisbonne",
    "#typographie",
    "#tissage",
    "#photoproduit",
    "#petitesérie",
    "#atelier",
];

pub(super) const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        name: "open-studio",
        from: (5, 5),
        to: (5, 25),
        tag: "#atelierouvert",
        lines: &[
            (
                "Semaine portes ouvertes : {artisan} travaille à notre grande table, posez toutes vos questions.",
                "desk bowls loom",
            ),
            ("On ouvre à dix heures : limonade, et une presse que vous pouvez actionner vous-même.", "press"),
        ],
    },
    Campaign {
        name: "fair",
        from: (11, 1),
        to: (12, 15),
        tag: "#foiredesartisans",
        lines: &[
            (
                "Foire des artisans, table {nombre} : {objet} de {artisan}, emballé pendant que vous attendez.",
                "soap bowls",
            ),
            (
                "Quarante artisans, deux jours, aucune musique d’ascenseur. On se voit à la foire ✨",
                "lamp jasmine",
            ),
        ],
    },
];
