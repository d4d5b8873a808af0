"""What several forms are made of. Each field's name is its block_id, so that `commands` reads back what was asked."""

import json
from typing import Any

from bot.core.blocks import (
    Block,
    View,
    checkbox,
    context,
    field_block,
    modal,
    option,
    section,
)
from bot.core.text import Mrkdwn, clip, md
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Severity


def form(incident: Incident, callback_id: str, title: str, *fields: Block, submit: str = "Save") -> View:
    """A form about an incident, which its metadata names."""
    about = context(md("{}: {}", incident.reference, clip(incident.title, 100)))
    metadata: dict[str, Any] = {"number": incident.number}
    return modal(callback_id, title, [about, *fields], submit=submit, metadata=json.dumps(metadata))


def doubted(doubt: str) -> list[Block]:
    """What is asked back, and the tick that says that it is meant; the form is submitted with it or corrected."""
    if not doubt:
        return []
    return [
        section(md(":warning: {}", doubt)),
        field_block("sure", "Correct it above, or", checkbox(option("It is right", "sure")), optional=True),
    ]


def severities(policy: Policy) -> list[dict[str, Any]]:
    """The severities with what each means for customers."""
    return [option(each.label, str(int(each)), policy.impact(each)) for each in Severity]


def notice(text: Mrkdwn) -> View:
    """An answer where there is no place for a message: a global shortcut has none."""
    return modal("notice", "warroom", [section(text)])
