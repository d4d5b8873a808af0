"""The form for a task."""

import json

from bot.core.blocks import View, context, field_block, moment_picker, person_select, text_input
from bot.core.text import Mrkdwn, clip, md
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules import TASK_MAX
from bot.incident.views.modals.fields import form


def task(incident: Incident, *, text: str = "", link: str = "") -> View:
    """Add a task.

    Args:
        incident: the incident.
        text: the initial text; a longer one is cut.
        link: the link to the message from which the task is made; empty if there is none.
    """
    source = [context(md("From <{}|this message>", Mrkdwn(link)))] if link else []
    view = form(
        incident,
        "task",
        "Add a task",
        field_block(
            "text",
            "What is to be done?",
            text_input(
                initial=clip(text, TASK_MAX), max_length=TASK_MAX, placeholder="Check the replica lag"
            ),
        ),
        field_block(
            "person",
            "By whom?",
            person_select("Whoever takes it"),
            optional=True,
            hint="They are told privately, and brought into the war room if they are not in it.",
        ),
        field_block(
            "due",
            "When to remind them?",
            moment_picker(),
            optional=True,
            hint="Once, privately, if it is not done by then.",
        ),
        *source,
        submit="Add",
    )
    return view | {"private_metadata": json.dumps({"number": incident.number, "link": link})}
