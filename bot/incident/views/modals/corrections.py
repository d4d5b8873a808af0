"""The form to correct a note, or to take it out."""

import json
from datetime import datetime

from bot.core.blocks import View, field_block, moment_picker, option, radio, text_input
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules import TEXT_MAX
from bot.incident.views.modals.fields import doubted, form

CORRECT, STRIKE, SECRET = "correct", "strike", "secret"


def correct(incident: Incident, number: int, *, text: str, at: datetime, doubt: str = "") -> View:
    """Correct the text and the time of a note. With a `doubt`, the form asks whether a value is right.

    Args:
        incident: the incident of the note.
        number: the note's number.
        text: its present text.
        at: its present time.
        doubt: the question.
    """
    choices = [
        option("Correct it", CORRECT),
        option("Strike it", STRIKE, "It is left out of the timeline; you can undo this"),
        option("Remove its words everywhere", SECRET, "It holds a secret; you cannot undo this"),
    ]
    view = form(
        incident,
        "correct_entry",
        f"Correct #{number}",
        field_block("text", "What happened?", text_input(initial=text, multiline=True, max_length=TEXT_MAX)),
        field_block("at", "When?", moment_picker(at)),
        *doubted(doubt),
        field_block("what", "What is wrong?", radio(choices, CORRECT)),
        field_block(
            "why", "Why is it struck? (not the secret)", text_input(max_length=TEXT_MAX), optional=True
        ),
    )
    return view | {"private_metadata": json.dumps({"number": incident.number, "entry": number})}
