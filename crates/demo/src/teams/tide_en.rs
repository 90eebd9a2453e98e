//! What Trail & Tide says in English.

use super::{Campaign, Line, Slot};

pub(super) const LINES: &[Line] = &[
    ("First light on {place}. {gear_cap} held, the coffee didn’t.", "north sea tent"),
    (
        "Field test, week {number}: {gear} after {distance} of mud. Verdict in the thread, spoiler: we kept it.",
        "boots forest",
    ),
    ("Swell forecast for {place}: {feet} feet, light wind. Who’s in?", "sea kayak"),
    ("Three things we always pack: {gear}, a headlamp, and one more snack than you think.", "map tent"),
    ("Repair before replace. Bring us your {worn} and we’ll patch it for free this {weekday} 🧵", "boots"),
    ("{name} walked {distance} last week to see if the new soles were worth it. They were.", "boots forest"),
    ("Trail closed at {place} after the storm. Please give the crew a week.", "forest map"),
    (
        "Reader question: do I need {gear} for a two-day hike? Short answer no. Long answer on the blog.",
        "tent map",
    ),
    ("New in the shop: {gear}, lighter by {grams} grams, same price.", "boots tent"),
    (
        "Leave it better than you found it. {bags} bags of litter out of {place} on Sunday, thank you all.",
        "sea forest",
    ),
    ("A map never runs out of battery.", "map"),
    ("Tide tables for the week are up. Mind the currents off {place}.", "kayak sea"),
    ("Night shot from {place}: {stars}. No filter, just patience and cold fingers.", "north"),
    ("{name}’s packing list for {distance}: seven items, no cotton.", "tent map"),
    ("Cold water, warm people. Dawn paddle every {weekday}, beginners welcome 🛶", "kayak"),
    ("Trail shoes or boots? If the path is dry, travel light. If it isn’t, see you at aisle two.", "boots"),
    ("We asked fifty guides what they’d never lend. The answer: {gear}.", "tent"),
    ("How to read a contour line in twenty seconds: close together means slow down.", "map"),
    ("Staff day out: {place}, {distance}, one wrong turn, two blisters, zero regrets.", "forest boots"),
    ("Restocked: {gear}. It won’t last the weekend.", "tent boots"),
    ("Weather window on Saturday: six hours at {place}. Plan for five.", "north map"),
    ("A good knot is one you can undo with gloves on. Here are {number}.", "kayak"),
    (
        "We moved the rental desk next to the door. Kayaks, tents, and advice you didn’t ask for.",
        "kayak tent",
    ),
    ("Found on {place}: one left glove, size M. It misses its friend.", "forest"),
    ("Lighter pack, longer day. {name} cut two kilos without buying a thing.", "map tent"),
    ("Fog this morning, so we waited, and then this.", "sea north forest"),
];

pub(super) const CLOSERS: &[&str] = &[
    "See you out there.",
    "Check the forecast twice.",
    "Tag us when you get back.",
    "Pack it in, pack it out.",
    "Stories welcome.",
    "Stay on the path.",
    "The shop opens at ten.",
];

pub(super) const SLOTS: &[Slot] = &[
    (
        "place",
        &[
            "Acadia",
            "the Long Trail",
            "Montauk",
            "Mount Greylock",
            "the Delaware Gap",
            "Breakneck Ridge",
            "Cape May",
            "Franconia Notch",
        ],
    ),
    (
        "gear",
        &[
            "the two-pound tent",
            "merino socks",
            "a folding saw",
            "trekking poles",
            "the dry bag",
            "a real rain shell",
            "the titanium pot",
        ],
    ),
    ("gear_cap", &["The tent", "The tarp", "The rain shell", "The new stove"]),
    ("number", &["three", "four", "five", "seven", "nine"]),
    ("distance", &["18 miles", "22 miles", "31 miles", "40 miles", "eleven miles"]),
    ("feet", &["two to three", "three", "four", "four to six"]),
    ("worn", &["torn jacket", "leaking waders", "flat sleeping pad", "split boot", "broken zip"]),
    ("weekday", &["Thursday", "Friday", "Saturday", "Sunday"]),
    ("name", &["Sam", "Dana", "Luis", "Priya", "Moose"]),
    ("grams", &["90", "120", "180", "240"]),
    ("bags", &["Eleven", "Fourteen", "Nineteen", "Twenty-two"]),
    ("stars", &["the Perseids", "a very shy aurora", "the Milky Way", "Orion over the ridge"]),
];

pub(super) const TAGS: &[&str] = &[
    "#trailandtide",
    "#hiking",
    "#backpacking",
    "#kayak",
    "#surf",
    "#leavenotrace",
    "#outdoors",
    "#gearreview",
    "#optoutside",
    "#campvibes",
];

pub(super) const CAMPAIGNS: &[Campaign] = &[
    Campaign {
        name: "cleanup",
        from: (4, 5),
        to: (4, 30),
        tag: "#cleanthetrail",
        lines: &[
            (
                "Clean-up season. Gloves and bags at the shop, {place} on {weekday}, doughnuts after 🍩",
                "forest sea",
            ),
            ("{bags} bags last time. Let’s beat that at {place}.", "sea"),
        ],
    },
    Campaign {
        name: "swell",
        from: (6, 10),
        to: (8, 31),
        tag: "#summerswell",
        lines: &[
            ("Summer Swell, stop {number}: free board rental before nine at {place} 🌊", "sea kayak"),
            ("Learn to roll a kayak in an hour. {name} teaches, the water is (almost) warm.", "kayak"),
        ],
    },
    Campaign {
        name: "leaves",
        from: (9, 25),
        to: (11, 5),
        tag: "#leafseason",
        lines: &[
            ("Peak colour at {place} this week, says {name}, who says it every year 🍁", "forest"),
            ("Leaf season rule: start early, layer up, {gear} in the bag just in case.", "forest boots"),
        ],
    },
    Campaign {
        name: "gifts",
        from: (11, 15),
        to: (12, 17),
        tag: "#gearunderthetree",
        lines: &[
            ("Gift list for people who own everything: {gear}, and an afternoon outside 🎁", "tent map"),
            (
                "Order by the 18th and {gear} is under the tree. After that, we draw you a picture of it.",
                "boots tent",
            ),
        ],
    },
];
