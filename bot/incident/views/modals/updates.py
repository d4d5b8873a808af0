"""The forms for updates and notes."""

from datetime import datetime

from bot.core.blocks import (
    View,
    context,
    field_block,
    moment_picker,
    text_input,
)
from bot.core.text import md
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.views.modals.fields import doubted, form


def update(incident: Incident) -> View:
    """Post a status update: conditions, actions, needs."""
    first = (
        [] if incident.update else [context(md("There is no update yet. One sentence is enough to begin."))]
    )
    return form(
        incident,
        "update",
        "Post an update",
        *first,
        field_block(
            "conditions",
            "Conditions: what do customers notice now?",
            text_input(multiline=True, max_length=TEXT_MAX, placeholder="Half of all payments fail"),
        ),
        field_block(
            "actions",
            "Actions: what are we doing?",
            text_input(multiline=True, max_length=TEXT_MAX),
            optional=True,
        ),
        field_block(
            "needs",
            "Needs: what or whom do we need?",
            text_input(multiline=True, max_length=TEXT_MAX),
            optional=True,
        ),
        submit="Post",
    )


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
