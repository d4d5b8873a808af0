"""The parts that several forms share. Each field's name is its block_id, by which `commands` reads the value."""

import json
from collections.abc import Mapping
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
    sections,
)
from bot.core.text import Mrkdwn, clip, md
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Severity

_ANSWER = "answer"
# What a view that is shown again keeps; Slack refuses the other keys of its payloads (Slack docs, "Modals").
_KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata", "notify_on_close")


def form(incident: Incident, callback_id: str, title: str, *fields: Block, submit: str = "Save") -> View:
    """A form about an incident. The form's metadata holds the incident's number."""
    about = context(md("{}: {}", incident.reference, clip(incident.title, 100)))
    metadata: dict[str, Any] = {"number": incident.number}
    return modal(callback_id, title, [about, *fields], submit=submit, metadata=json.dumps(metadata))


def doubted(doubt: str) -> list[Block]:
    """The question whether a value is right, with a checkbox to confirm it. The person ticks it or corrects the value."""
    if not doubt:
        return []
    return [
        section(md(":warning: {}", doubt)),
        field_block("sure", "Correct it above, or", checkbox(option("It is right", "sure")), optional=True),
    ]


def severities(policy: Policy) -> list[dict[str, Any]]:
    """The severities, each with its impact on customers."""
    return [option(each.label, str(int(each)), policy.impact(each)) for each in Severity]


def with_answer(view: Mapping[str, Any], text: Mrkdwn) -> View:
    """A form as Slack sends it, with an answer above its fields, in the place of an earlier one."""
    blocks = [each for each in view.get("blocks", ()) if each.get("block_id") != _ANSWER]
    answer = sections(text)[0] | {"block_id": _ANSWER}
    return {name: view[name] for name in _KEPT if view.get(name)} | {"blocks": [answer, *blocks]}


def notice(text: Mrkdwn) -> View:
    """An answer in a form, for acts without a channel to answer in, such as a global shortcut."""
    return modal("notice", "warroom", [section(text)])
