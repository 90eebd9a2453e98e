//! What the teams say now and then to people who read neither English nor French.

use super::{Line, Slot};

pub(super) const BAKERY: &[Line] = &[
    ("今朝もパリ11区で焼きたてです。クロワッサンは8時まで 🥐", "croissant"),
    ("صباح الخير من المخبز، خبز طازج كل يوم 🥖", "baguettes loaf"),
    ("Доброго ранку! Хліб на заквасці вже на полиці.", "loaf"),
    ("早安，玛德琳还是热的。街角见！", "shopfront coffee"),
];

pub(super) const TIDE: &[Line] = &[
    ("Mañana al amanecer: kayak para principiantes. El agua está fría, la gente no.", "kayak sea"),
    ("山は逃げません。天気が悪い日は店でお茶をどうぞ。", "north map"),
    ("Γεια σας από το μονοπάτι, η θέα αξίζει τον κόπο.", "forest north"),
];

pub(super) const LUMEN: &[Line] = &[
    ("Bom dia, Lisboa. A oficina abre às dez e a tigela azul já tem dono.", "bowls desk"),
    ("Procuramos artesãos para a próxima estação: barro, linho, papel, sabão.", "loom soap press"),
    ("手仕事の器、六つだけ届きました。窓ぎわの光でどうぞ。", "bowls"),
    ("हाथ से बनी चीज़ें समय लेती हैं, और यही उनकी सुंदरता है।", "loom jasmine"),
    ("한 장씩 찍은 활판 카드, 이번 주에 나옵니다.", "press"),
];

pub(super) const SLOTS: &[Slot] = &[];
