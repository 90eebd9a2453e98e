//! What Studio Lumen says in English.

use super::{Campaign, Line, Slot};

pub(super) const LINES: &[Line] = &[
    (
        "We photographed {object} by {maker} in {light}. One lamp, one reflector, no tricks.",
        "lamp bowls desk",
    ),
    (
        "A maker’s first website needs four pages: work, prices, story, how to reach you. That’s all.",
        "desk press",
    ),
    ("Meet {maker}. {object_cap}, made slowly, sold out twice this year.", "bowls loom soap"),
    ("Packaging test for {object}: recycled board, one fold, no plastic, survives the post.", "soap press"),
    ("We said no to a rebrand this week. The old mark was better than anything we drew.", "press"),
    ("Before and after: the same {object}, {light}. Light is half of the price.", "lamp bowls"),
    ("Type of the day: a wooden {letter} from 1902, a bit chewed by mice.", "press"),
    ("If your caption explains the photo, take another photo.", "desk lamp"),
    ("Studio rule number {number}: reply within a day, even if it’s only “we saw it”.", "desk"),
    ("{maker} asked for honest feedback. We sent two pages and a box of pastéis.", "bowls jasmine"),
    ("Price talk, part {number}: count the hours you sweep the floor too.", "loom desk"),
    ("New on the shelf: {object} by {maker}. We were first in the queue.", "bowls soap jasmine"),
    ("Loom week. Four metres of linen, one mistake, and it’s the best part.", "loom"),
    (
        "How we plan a month of posts for a potter: {number} firings, so {number} stories. The rest is silence.",
        "bowls desk",
    ),
    (
        "Open call: we help {number} makers for free each season. Ceramics, textile, print, soap, wood.",
        "loom press soap",
    ),
    ("Three questions to {maker}: what do you copy, what do you keep, what do you throw away?", "desk bowls"),
    ("A good product name can be shouted across a market.", "press soap"),
    ("Somebody in {city} bought {object} because of the shadow on the left. We knew it.", "lamp bowls"),
    (
        "Case study: from {number} orders a month to sixty, with one newsletter and better string.",
        "desk soap",
    ),
    (
        "Behind this picture: a bed sheet, a window facing north, and {maker} holding the door.",
        "jasmine lamp",
    ),
];

pub(super) const CLOSERS: &[&str] = &[
    "More in the journal.",
    "Write to us, we like letters.",
    "Made in Lisbon, by hand.",
    "Credits in the link.",
    "Ask us how.",
    "Slowly does it.",
];

pub(super) const SLOTS: &[Slot] = &[
    (
        "object",
        &[
            "a salt-glazed bowl",
            "the olive soap",
            "a linen runner",
            "the walnut lamp",
            "a jasmine candle",
            "letterpress cards",
            "a coil-built vase",
        ],
    ),
    (
        "object_cap",
        &[
            "Bowls",
            "Linen by the metre",
            "Soap that smells of rain",
            "Lamps from one plank",
            "Cards on cotton paper",
        ],
    ),
    (
        "maker",
        &[
            "Inês Carvalho",
            "Atelier Bruma",
            "Tomé & Filha",
            "Casa do Tear",
            "Olaria Norte",
            "Marta Sol",
            "Pedra Pomes",
        ],
    ),
    (
        "light",
        &["morning light", "the light of four o’clock", "window light", "one warm bulb", "November light"],
    ),
    ("letter", &["Q", "R", "ampersand", "W", "ß"]),
    ("number", &["three", "four", "five", "six", "eight"]),
    ("city", &["Gothenburg", "Kyoto", "Montréal", "Ghent", "Oaxaca"]),
];

pub(super) const TAGS: &[&str] = &[
    "#makers",
    "#handmade",
    "#ceramics",
    "#slowdesign",
    "#lisbon",
    "#letterpress",
    "#weaving",
    "#productphotography",
    "#smallbatch",
    "#studiolife",
];

pub(super) const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        name: "open-studio",
        from: (5, 5),
        to: (5, 25),
        tag: "#openstudio",
        lines: &[
            ("Open studio week: {maker} works at our big table, you may ask anything.", "desk bowls loom"),
            ("Doors open at ten, {light}, lemonade, and a press you can pull yourself.", "press"),
        ],
    },
    Campaign {
        name: "fair",
        from: (11, 1),
        to: (12, 15),
        tag: "#makersfair",
        lines: &[
            ("Makers’ fair, table {number}: {object} by {maker}, wrapped while you wait.", "soap bowls"),
            ("Forty makers, two days, no escalator music. See you at the fair ✨", "lamp jasmine"),
        ],
    },
];
