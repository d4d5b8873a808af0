"""The form for notes."""

from datetime import datetime

from bot.core.blocks import (
    View,
    field_block,
    moment_picker,
    text_input,
)
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.views.modals.fields import doubted, form


def note(incident: Incident, *, text: str = "", at: datetime | None = None, doubt: str = "") -> View:
    """Put a note on the timeline. With a `doubt`, the form asks whether a value is right."""
    return form(
        incident,
        "note",
        "Add a note",
        field_block("text", "What happened?", text_input(initial=text, multiline=True, max_length=TEXT_MAX)),
        field_block("at", "When?", moment_picker(at), optional=True, hint="Empty means now."),
        *doubted(doubt),
        submit="Add",
    )
