"""The private answers to somebody who corrects the timeline."""

from bot.core.blocks import Message, actions
from bot.core.text import md
from bot.incident.domain.incident import Incident
from bot.incident.views.timeline import undo


def corrected(number: int) -> Message:
    """A note was corrected."""
    return Message.of(md("*#{0}* is corrected. `/incident timeline {0}` shows what it said before.", number))


def struck(incident: Incident, number: int) -> Message:
    """A note was struck; the button puts it back."""
    return Message.of(
        md("*#{0}* is struck. `/incident unstrike {0}` puts it back.", number),
        actions(undo(incident, number)),
    )


def restored(number: int) -> Message:
    """A struck note was put back."""
    return Message.of(md("*#{}* is back on the timeline.", number))


def unmarked(number: int) -> Message:
    """The reaction that put a message on the timeline was taken back."""
    return Message.of(
        md(
            "*#{}* is taken out of the timeline, unless another reaction or pin still marks the message. "
            "React again to put it back.",
            number,
        )
    )
