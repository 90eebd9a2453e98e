use crate::mark::MarkShape;

/// How serious a message is. Shape and colour follow from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Tone {
    #[default]
    Neutral,
    Good,
    Warning,
    Bad,
}

impl Tone {
    /// The value of `data-state` that the style sheet colours.
    pub const fn state(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Good => "ok",
            Self::Warning => "warning",
            Self::Bad => "error",
        }
    }

    /// The mark that says the same without colour; none for a neutral note.
    pub const fn mark(self) -> Option<MarkShape> {
        match self {
            Self::Neutral => None,
            Self::Good => Some(MarkShape::TICK),
            Self::Warning => Some(MarkShape::TRIANGLE),
            Self::Bad => Some(MarkShape::OCTAGON),
        }
    }
}
