"""The form that corrects a milestone."""

from datetime import datetime

from bot.core.blocks import View, field_block, moment_picker, option, section, select, text_input
from bot.core.text import lines
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.domain.vocabulary import Milestone
from bot.incident.views.milestones import TITLES, line
from bot.incident.views.modals.fields import doubted, form

# When the incident was declared is known for sure.
_CORRECTED = [each for each in Milestone if each is not Milestone.DECLARED]


def milestone(
    incident: Incident,
    which: Milestone = Milestone.STARTED,
    *,
    at: datetime | None = None,
    reason: str = "",
    doubt: str = "",
) -> View:
    """Correct one milestone; above it stand all of them. With a `doubt`, the form asks whether the time is right."""
    return form(
        incident,
        "milestone",
        "Correct a milestone",
        section(lines(*(line(incident, each) for each in Milestone))),
        field_block(
            "milestone",
            "Which one?",
            select([option(TITLES[each], each.value) for each in _CORRECTED], which.value),
        ),
        field_block("at", "When was it?", moment_picker(at or incident.milestones.get(which))),
        field_block(
            "reason",
            "Where does this time come from?",
            text_input(
                initial=reason, max_length=TEXT_MAX, placeholder="The first failed payment in the log"
            ),
            optional=True,
        ),
        *doubted(doubt),
    )
