//! What Corner Bakery says in French.

use super::{Campaign, Line, Slot};

pub(super) const LINES: &[Line] = &[
    ("Sortie du four à {heure} : {pain}. La croûte chante encore.", "oven loaf baguettes"),
    ("Ce matin en vitrine, {pain} et {douceur}. Le café est prêt ☕", "shopfront coffee croissant"),
    (
        "On a essayé {douceur} avec {touche}. La plaque est revenue vide, alors on continue jusqu’à dimanche.",
        "tart macarons",
    ),
    (
        "Une cliente nous a dit que {chose} lui rappelait sa grand-mère. On ne fera pas mieux aujourd’hui.",
        "loaf croissant",
    ),
    ("Débat du comptoir : beurre d’abord ou confiture d’abord ?", "croissant coffee"),
    ("Notre farine vient {moulin}. {km} kilomètres, pas un de plus.", "oven loaf"),
    ("Il pleut dehors, il fait bon dedans. {douceur_cap} vous attend 🌧️", "shopfront coffee"),
    (
        "{equipe} a façonné deux cents baguettes avant six heures. Un petit merci en passant ?",
        "baguettes oven",
    ),
    ("À partir de {jour}, on ouvre à {heure}. De quoi attraper {douceur} avant le métro.", "shopfront"),
    ("La recette : farine, eau, sel, un levain de {age} ans et vingt heures de patience.", "loaf oven"),
    ("Il reste {peu} {douceurs} sur le comptoir. Courez.", "croissant tart macarons"),
    ("Ici rien ne se jette. Ce qui reste à vingt heures part {asso}, chaque soir.", "baguettes loaf"),
    ("La carte {saison} est sur l’ardoise. {douceur_cap} en tête, {pain} juste derrière.", "shopfront tart"),
    ("Atelier de samedi : encore {peu} places pour « {atelier} ». Le tablier est fourni.", "oven galette"),
    ("Notre café est torréfié {torref}. Il aime beaucoup {douceur}.", "coffee"),
    ("Quelqu’un a pris quarante croissants sans dire pourquoi. On respecte.", "croissant"),
    ("Le midi : {dejeuner}. Jusqu’à épuisement, soit vers 13 h.", "loaf market"),
    ("Du marché ce matin : {fruits}. À midi ce seront des tartes.", "market tart"),
    (
        "Derrière le comptoir depuis 2009, et toujours la même blague sur {chose}. Pardon, {equipe}.",
        "shopfront",
    ),
    (
        "Le pain se garde trois jours dans un torchon, jamais au réfrigérateur. Voilà, c’est dit.",
        "loaf baguettes",
    ),
    (
        "Fermentation lente, suite : {pain} se digère mieux parce que le temps a fait la moitié du travail.",
        "loaf",
    ),
    ("Un nouveau visage au fournil : {equipe} arrive de Lyon et discute déjà la brioche 🙂", "oven"),
    (
        "On a compté : {milliers} croissants le mois dernier. Bout à bout, deux fois la rue de Charonne.",
        "croissant",
    ),
    ("Pour un anniversaire, donnez-nous le prénom avec la commande. On l’écrit à la main.", "tart macarons"),
    (
        "Fermé cet après-midi, le four a besoin de soins. Retour demain à {heure} avec {pain}.",
        "oven shopfront",
    ),
    ("Programme du week-end : {douceur}, le journal, et personne de pressé.", "coffee croissant"),
    (
        "Petit matin rue de Charonne, lumière {lumiere}, et {pain} encore tiède sous le bras.",
        "shopfront baguettes",
    ),
    ("Le saviez-vous ? Une baguette de tradition, c’est quatre ingrédients et aucune excuse.", "baguettes"),
    (
        "Commande du jour : {peu} {douceurs} pour une équipe qui fête un départ. Bon vent à elle.",
        "macarons tart",
    ),
    (
        "{equipe} vous apprend à reconnaître une belle croûte : du brun, du brillant, et ce petit bruit quand on serre.",
        "baguettes loaf",
    ),
];

pub(super) const CLOSERS: &[&str] = &[
    "À tout de suite au coin de la rue.",
    "Jusqu’à la dernière miette.",
    "Premiers arrivés, premiers servis.",
    "Dites-nous ce que vous en pensez.",
    "On est là jusqu’à vingt heures.",
    "Venez avec faim.",
    "Gardez-en un pour un ami.",
    "Ça sent bon jusqu’au métro.",
];

pub(super) const SLOTS: &[Slot] = &[
    ("heure", &["6 h 30", "6 h 45", "7 h", "7 h 15", "7 h 30"]),
    (
        "pain",
        &[
            "le seigle au miel",
            "la miche de campagne",
            "la baguette aux graines",
            "l’épeautre aux noix",
            "le pain figue-noisette",
            "la tourte noire",
            "le pain de pommes de terre",
        ],
    ),
    (
        "chose",
        &[
            "notre brioche",
            "le pain de seigle",
            "le chausson aux pommes",
            "le pain d’épices",
            "le pain au lait",
        ],
    ),
    (
        "douceur",
        &[
            "un croissant pistache",
            "la tarte au citron",
            "une tarte poire-amande",
            "le crumble à la rhubarbe",
            "des macarons framboise",
            "une chouquette (ou cinq)",
            "l’éclair noisette",
        ],
    ),
    (
        "douceur_cap",
        &["La tarte au citron", "La tarte poire-amande", "Le crumble à la rhubarbe", "L’éclair noisette"],
    ),
    (
        "douceurs",
        &["croissants pistache", "tartes au citron", "éclairs", "roulés à la cannelle", "macarons framboise"],
    ),
    (
        "touche",
        &["du sésame noir", "du sarrasin", "de la fleur d’oranger", "du sel fumé", "de la fève tonka"],
    ),
    ("jour", &["lundi", "mardi", "mercredi", "jeudi", "vendredi"]),
    (
        "moulin",
        &[
            "du Moulin de Brasseuil",
            "d’un moulin du Vexin",
            "de trois fermes de Beauce",
            "du moulin de la famille Gilles",
        ],
    ),
    ("km", &["42", "58", "63", "71", "90"]),
    ("equipe", &["Yanis", "Margaux", "Tomás", "Awa", "Pierre"]),
    ("age", &["douze", "quatorze", "quinze", "seize"]),
    ("peu", &["trois", "quatre", "six", "sept", "neuf"]),
    ("asso", &["au foyer d’à côté", "à la cantine de la rue Faidherbe", "à l’équipe de nuit du Samu social"]),
    ("saison", &["d’hiver", "de printemps", "d’été", "d’automne"]),
    ("atelier", &["Mon premier levain", "Croissants à la maison", "Tartes de saison", "La pizza lente"]),
    ("torref", &["à Belleville", "chez nos voisins, à deux rues d’ici", "par Anaïs, à l’Atelier Noir"]),
    (
        "dejeuner",
        &[
            "potimarron rôti et chèvre",
            "courgette grillée, feta, menthe",
            "jambon, comté et trop de beurre",
            "œuf, anchois, tomate",
        ],
    ),
    (
        "fruits",
        &[
            "des oranges sanguines",
            "des citrons de Menton",
            "une cagette de rhubarbe",
            "des cerises, pas beaucoup, et les premiers abricots",
            "des mirabelles et des figues de Solliès",
            "des coings et les dernières poires",
        ],
    ),
    ("milliers", &["11 400", "9 850", "12 120", "10 700"]),
    ("lumiere", &["dorée", "bleue", "de carte postale", "douce"]),
];

pub(super) const TAGS: &[&str] = &[
    "#boulangerie",
    "#levain",
    "#painaulevain",
    "#paris11",
    "#croissant",
    "#faitmaison",
    "#goûter",
    "#petitdéjeuner",
    "#artisan",
    "#ruedecharonne",
];

pub(super) const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        name: "galette",
        from: (1, 2),
        to: (1, 22),
        tag: "#galettedesrois",
        lines: &[
            (
                "Galette, jour {peu}. Crème d’amande, une fève en porcelaine, et on ne triche pas sous la table 👑",
                "galette",
            ),
            (
                "Qui a eu la fève ? Montrez votre couronne, la plus belle gagne {douceur}.",
                "galette shopfront",
            ),
        ],
    },
    Campaign {
        name: "easter",
        from: (3, 20),
        to: (4, 20),
        tag: "#pâques",
        lines: &[
            ("Les poules en chocolat sont en vitrine. {equipe} a peint chaque œil à la main.", "shopfront"),
            ("Pâques : biscuits d’agneau, {pain} et un nid de praliné. À réserver avant jeudi 🐣", "tart"),
        ],
    },
    Campaign {
        name: "terrace",
        from: (6, 20),
        to: (8, 20),
        tag: "#étéaucoin",
        lines: &[
            (
                "Temps de terrasse. Café glacé, {douceur}, et de l’ombre jusqu’à onze heures.",
                "coffee shopfront",
            ),
            (
                "Tartes aux pêches, {peu} par jour, parce que les bonnes pêches ne viennent pas par centaines 🍑",
                "market tart",
            ),
        ],
    },
    Campaign {
        name: "christmas",
        from: (12, 1),
        to: (12, 19),
        tag: "#bûche",
        lines: &[
            ("Bûche numéro {peu} de la dégustation : marron et {touche}. On souffre pour vous.", "tart oven"),
            (
                "Commandes de Noël jusqu’au 20 à midi. {pain} pour le fromage, {douceur} pour la tante en retard 🎄",
                "loaf macarons",
            ),
        ],
    },
];
