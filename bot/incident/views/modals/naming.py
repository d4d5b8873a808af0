"""The form that corrects title and summary."""

from bot.core.blocks import View, field_block, text_input
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.views.modals.fields import form


def rename(incident: Incident) -> View:
    """Title and summary, as they are now."""
    return form(
        incident,
        "rename",
        "Title and summary",
        field_block(
            "title",
            "What is failing?",
            text_input(initial=incident.title, max_length=TITLE_MAX),
            hint="The channel, its topic, the card and the announcement follow.",
        ),
        field_block(
            "summary",
            "What is known",
            text_input(initial=incident.summary, multiline=True, max_length=TEXT_MAX),
            optional=True,
        ),
        submit="Save",
    )
