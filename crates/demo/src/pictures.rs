//! The teams' photographs, as it were: flat drawings, each with what it shows in both languages.

use crate::teams::Language;
use std::fmt;

/// A picture that is part of the program.
pub struct Picture {
    /// What lines ask for it by; also the file's name.
    pub name: &'static str,
    pub jpeg: &'static [u8],
    alt_en: &'static str,
    alt_fr: &'static str,
}

impl Picture {
    /// What it shows, for people who can't see it.
    pub fn alt(&self, language: Language) -> &'static str {
        if language == Language::French { self.alt_fr } else { self.alt_en }
    }
}

impl fmt::Debug for Picture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

impl PartialEq for Picture {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

macro_rules! pictures {
    ($([$($name:literal $en:literal $fr:literal;)+])+) => {
        /// Each team's pictures, in the order of the teams.
        pub(crate) static PICTURES: &[&[Picture]] = &[$(&[$(
            Picture {
                name: $name,
                jpeg: include_bytes!(concat!("../assets/", $name, ".jpg")),
                alt_en: $en,
                alt_fr: $fr,
            },
        )+],)+];
    };
}

pictures! {
    // Corner Bakery
    [
        "croissant" "Two golden croissants on a blue plate" "Deux croissants dorés sur une assiette bleue";
        "baguettes" "Baguettes standing in a wicker basket" "Des baguettes debout dans un panier d’osier";
        "loaf" "A round country loaf with a crossed crust on a board" "Une miche ronde à la croûte croisée sur une planche";
        "oven" "The bread oven with its fire and a loaf on the peel" "Le four à pain, son feu, et une miche sur la pelle";
        "coffee" "A cup of coffee with milk foam, seen from above" "Une tasse de café à la mousse de lait, vue de dessus";
        "tart" "A fruit tart with berries in rings" "Une tarte aux fruits, les baies en couronne";
        "macarons" "Three macarons stacked, pink, green and brown" "Trois macarons empilés, rose, vert et brun";
        "market" "Fruit on a market stall under a striped awning" "Des fruits sur un étal de marché sous un auvent rayé";
        "shopfront" "The shop front with its striped awning and bread in the window" "La devanture, son auvent rayé et le pain en vitrine";
        "galette" "A galette des rois with a paper crown" "Une galette des rois et sa couronne de papier";
    ]
    // Trail & Tide
    [
        "sea" "A sailing boat on a calm sea at sunset" "Un voilier sur une mer calme au coucher du soleil";
        "north" "Northern lights over dark mountains" "Une aurore boréale au-dessus de montagnes sombres";
        "tent" "A tent lit from inside under a starry sky" "Une tente éclairée de l’intérieur sous un ciel étoilé";
        "boots" "A pair of hiking boots with red laces" "Une paire de chaussures de randonnée aux lacets rouges";
        "map" "A map with contour lines, a dotted trail and a compass" "Une carte avec ses courbes, un sentier en pointillé et une boussole";
        "kayak" "A yellow kayak on green water, seen from above" "Un kayak jaune sur une eau verte, vu de dessus";
        "forest" "A path between fir trees in the mist" "Un chemin entre des sapins dans la brume";
    ]
    // Studio Lumen
    [
        "bowls" "Glazed bowls and a vase on a shelf" "Des bols émaillés et un vase sur une étagère";
        "soap" "Two bars of soap with a green twig" "Deux savons et un rameau vert";
        "jasmine" "White jasmine flowers against the evening sky" "Des fleurs de jasmin blanc sur le ciel du soir";
        "lamp" "A desk lamp throwing a cone of warm light" "Une lampe de bureau et son cône de lumière chaude";
        "loom" "Half-woven cloth on a loom" "Une étoffe à demi tissée sur un métier";
        "press" "Wooden printing letters, an ampersand among them" "Des caractères d’imprimerie en bois, dont une esperluette";
        "desk" "A work table with a sketch, pencils and a cup" "Une table de travail avec un croquis, des crayons et une tasse";
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::teams::TEAMS;

    #[test]
    fn every_picture_that_a_line_asks_for_is_the_teams() {
        for (team, pictures) in TEAMS.iter().zip(PICTURES) {
            for (_, voice) in team.voices {
                let lines = voice.lines.iter().chain(voice.campaigns.iter().flat_map(|c| c.lines));
                for name in lines.flat_map(|(_, names)| names.split(' ')) {
                    assert!(pictures.iter().any(|picture| picture.name == name), "{}: {name}", team.name);
                }
            }
        }
    }

    #[test]
    fn pictures_are_small() {
        let all: Vec<&Picture> = PICTURES.iter().copied().flatten().collect();
        assert_eq!(all.len(), 24);
        for picture in all {
            assert!(picture.jpeg.starts_with(&[0xff, 0xd8]), "{}", picture.name);
            assert!(picture.jpeg.len() <= 40_000, "{}: {}", picture.name, picture.jpeg.len());
        }
    }
}
