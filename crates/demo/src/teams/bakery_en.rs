//! What Corner Bakery says in English.

use super::{Campaign, Line, Slot};

pub(super) const LINES: &[Line] = &[
    ("Out of the oven at {early}: {bread}. Still crackling when we opened the door.", "oven loaf baguettes"),
    (
        "{day_cap} morning, {bread} on the left, {sweet} on the right. Choose wisely ☕",
        "shopfront croissant coffee",
    ),
    (
        "We tried {sweet} with {twist} this week. The tray came back empty, so it stays until Sunday.",
        "tart macarons",
    ),
    (
        "A regular told us our {thing} tastes like her grandmother’s. Best review we ever got.",
        "loaf croissant",
    ),
    ("Question for the early birds: butter first or jam first?", "croissant coffee"),
    ("Our flour comes from {miller}. {km} kilometres from field to fournil.", "oven loaf"),
    ("Rain outside, {sweet} inside. You know where to find us 🌧️", "shopfront coffee"),
    (
        "{hands} shaped two hundred baguettes before six this morning. Say thank you if you see them.",
        "baguettes oven",
    ),
    ("Small change: from {day} on we open at {early}. More time for {sweet} before the metro.", "shopfront"),
    (
        "How it is done: flour, water, salt, our {age}-year-old sourdough, and twenty hours of patience.",
        "loaf oven",
    ),
    ("Left on the counter right now: {few} {sweet_plural}. Run.", "croissant tart macarons"),
    ("We don’t throw bread away. What is left at eight goes to {charity}, every evening.", "baguettes loaf"),
    ("The {season} menu is on the board. {sweet_cap} leads, {bread} follows.", "shopfront tart"),
    ("Workshop news: {few} places left for “{workshop}” on Saturday. Apron included.", "oven galette"),
    ("Our coffee is roasted by {roaster}, two streets away. Goes well with {sweet}.", "coffee"),
    ("Somebody bought forty croissants and wouldn’t tell us why. We respect that.", "croissant"),
    ("Today’s lunch: {lunch}, on {bread}. Until it’s gone, which is usually 1 pm.", "loaf market"),
    ("From the market this morning: {fruit}. By noon they’ll be tarts.", "market tart"),
    ("Behind the counter since 2009, and still the same joke about {thing}. Sorry, {hands}.", "shopfront"),
    ("Bread keeps three days in a linen bag, never in the fridge. There, we said it.", "loaf baguettes"),
    ("A slow fermentation note: {bread} is easier to digest because time did half of the work.", "loaf"),
    ("New face in the fournil: {hands} joins us from Lyon and already argues about brioche 🙂", "oven"),
    (
        "We counted: {thousands} croissants last month. Laid end to end, that is the rue de Charonne, twice.",
        "croissant",
    ),
    ("If you order {sweet} for a birthday, tell us the name. We write it by hand.", "tart macarons"),
    ("Closed this afternoon for oven maintenance, back at {early} tomorrow with {bread}.", "oven shopfront"),
    ("Weekend plan: {sweet}, the paper, and nobody in a hurry.", "coffee croissant"),
];

pub(super) const CLOSERS: &[&str] = &[
    "See you at the corner.",
    "Until the last crumb.",
    "First come, first fed.",
    "Tell us what you think.",
    "We’re open until eight.",
    "Come hungry.",
    "Save one for a friend.",
    "Smell it from the métro.",
];

pub(super) const SLOTS: &[Slot] = &[
    ("early", &["6:30", "6:45", "7:00", "7:15", "7:30"]),
    (
        "bread",
        &[
            "rye and honey",
            "the country loaf",
            "the seeded baguette",
            "spelt with walnuts",
            "fig and hazelnut",
            "the dark tourte",
            "potato bread",
        ],
    ),
    ("thing", &["brioche", "rye bread", "apple turnover", "pain d’épices", "milk bread"]),
    (
        "sweet",
        &[
            "a pistachio croissant",
            "lemon tart",
            "a pear and almond tart",
            "rhubarb crumble",
            "raspberry macarons",
            "a chouquette or five",
            "the hazelnut éclair",
        ],
    ),
    ("sweet_cap", &["Lemon tart", "The pear and almond tart", "Rhubarb crumble", "The hazelnut éclair"]),
    (
        "sweet_plural",
        &["pistachio croissants", "lemon tarts", "éclairs", "cinnamon rolls", "raspberry macarons"],
    ),
    ("twist", &["black sesame", "buckwheat", "orange blossom", "smoked salt", "tonka bean"]),
    ("day", &["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]),
    ("day_cap", &["Quiet", "Sunny", "Grey", "Busy", "Golden"]),
    (
        "miller",
        &[
            "the Moulin de Brasseuil",
            "a mill in the Vexin",
            "three farms in the Beauce",
            "the Gilles family’s mill",
        ],
    ),
    ("km", &["42", "58", "63", "71", "90"]),
    ("hands", &["Yanis", "Margaux", "Tomás", "Awa", "Pierre and Lin"]),
    ("age", &["twelve", "fourteen", "fifteen", "sixteen"]),
    ("few", &["three", "four", "six", "seven", "nine"]),
    (
        "charity",
        &["the shelter next door", "the canteen of the rue Faidherbe", "the night team of the Samu social"],
    ),
    ("season", &["winter", "spring", "summer", "autumn"]),
    (
        "workshop",
        &["Your first sourdough", "Croissants at home", "Tarts of the season", "Pizza the slow way"],
    ),
    ("roaster", &["Belleville Brûlerie", "our neighbours of Café Lomi", "Anaïs at the Atelier Noir"]),
    (
        "lunch",
        &[
            "roast pumpkin and goat’s cheese",
            "grilled courgette, feta, mint",
            "ham, comté and too much butter",
            "egg, anchovy, tomato",
        ],
    ),
    (
        "fruit",
        &[
            "blood oranges",
            "lemons from Menton",
            "a crate of rhubarb",
            "cherries, not many, and the first apricots",
            "mirabelles and figs from Solliès",
            "quinces and the last pears",
        ],
    ),
    ("thousands", &["11,400", "9,850", "12,120", "10,700"]),
];

pub(super) const TAGS: &[&str] = &[
    "#bakery",
    "#sourdough",
    "#croissant",
    "#pariseats",
    "#realbread",
    "#breakfast",
    "#paris11",
    "#baking",
    "#freshbread",
    "#coffee",
];

pub(super) const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        name: "galette",
        from: (1, 2),
        to: (1, 22),
        tag: "#galettedesrois",
        lines: &[
            (
                "Galette season, day {few}. Almond cream, one porcelain bean, no cheating under the table 👑",
                "galette",
            ),
            ("Who found the bean? Show us your crown. The best one gets {sweet}.", "galette shopfront"),
        ],
    },
    Campaign {
        name: "easter",
        from: (3, 20),
        to: (4, 20),
        tag: "#easter",
        lines: &[
            ("The chocolate hens are in the window. {hands} painted every single eye.", "shopfront"),
            (
                "Easter orders: lamb biscuits, {bread}, and a nest of praline. Reserve before Thursday 🐣",
                "tart",
            ),
        ],
    },
    Campaign {
        name: "terrace",
        from: (6, 20),
        to: (8, 20),
        tag: "#summeronthecorner",
        lines: &[
            ("Terrace weather. Iced coffee, {sweet}, and shade until eleven.", "coffee shopfront"),
            ("Peach tarts, {few} a day, because good peaches don’t come in hundreds 🍑", "market tart"),
        ],
    },
    Campaign {
        name: "christmas",
        from: (12, 1),
        to: (12, 19),
        tag: "#buche",
        lines: &[
            ("Bûche number {few} of the tasting: {twist} and chestnut. We suffer for you.", "tart oven"),
            (
                "Christmas orders close on the 20th at noon. {bread} for the cheese, {sweet} for the aunt who comes late 🎄",
                "loaf macarons",
            ),
        ],
    },
];
