"""What the card of a drill asks that tries out an action item. Another subject answers the buttons."""

from bot.core.blocks import Block, Element, actions, button, section
from bot.core.text import md
from bot.incident.domain.incident import Incident

NOTICED, MISSED = "rehearsal_noticed", "rehearsal_missed"


def rehearsal(incident: Incident) -> list[Block]:
    """What is tried out, and the two answers; nothing if the drill tries out nothing."""
    if incident.rehearses is None:
        return []
    asked = md(
        "*This drill tries out ACT-{}.* What is simulated is in the summary. Was it noticed?",
        incident.rehearses,
    )
    value = str(incident.number)
    buttons: list[Element] = [
        button("It was noticed", NOTICED, value),
        button("Nobody noticed", MISSED, value),
    ]
    return [section(asked), actions(*buttons)]
