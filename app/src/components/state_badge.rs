use crate::state::use_words;
use leptos::prelude::*;
use model::TargetState;
use ui::{Badge, MarkShape};

/// The shape that stands for a state everywhere.
pub const fn state_mark(state: TargetState) -> MarkShape {
    match state {
        TargetState::Draft => MarkShape::DASHED_RING,
        TargetState::AwaitingApproval => MarkShape::HALF_DISC,
        TargetState::Scheduled => MarkShape::CLOCK,
        TargetState::Publishing => MarkShape::ARC,
        TargetState::Published => MarkShape::TICK,
        TargetState::Failed => MarkShape::OCTAGON,
        TargetState::Unknown => MarkShape::DIAMOND,
        TargetState::Missed => MarkShape::TRIANGLE,
        TargetState::Cancelled => MarkShape::STRUCK_RING,
    }
}

/// A state: mark, colour and name.
#[component]
pub fn StateBadge(state: TargetState) -> impl IntoView {
    let name = use_words().state_name(state);
    view! {
        <Badge state=state.key() shape=state_mark(state)>
            {name}
        </Badge>
    }
}
