"""The declaration."""

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
    person_select,
    radio,
    section,
    text_input,
)
from bot.core.text import Mrkdwn, clip, md
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.modals.fields import severities

OPENING = "opening"


def declare(
    policy: Policy,
    *,
    title: str = "",
    severity: Severity | None = None,
    summary: str = "",
    source: str = "",
    channel: str = "",
    message: tuple[str, str, str] | None = None,
) -> View:
    """The declaration: only the title must be typed.

    Args:
        policy: what each severity means.
        title: what is filled in already.
        severity: the same.
        summary: the same.
        source: the link of the message that it is declared from.
        channel: where the form was asked for.
        message: the channel, the time stamp and the thread of the message that it is declared from.
    """
    blocks: list[Block] = [
        field_block(
            "title",
            "What is failing?",
            text_input(
                initial=clip(title, TITLE_MAX), max_length=TITLE_MAX, placeholder="Checkout is failing"
            ),
        ),
        field_block(
            "severity",
            "How badly are customers hit?",
            radio(severities(policy), str(int(severity or Severity.SEV2))),
            hint="Unsure between two? Take the worse one: it is easily lowered.",
        ),
        field_block(
            "summary",
            "What is known so far",
            text_input(initial=clip(summary, TEXT_MAX), multiline=True, max_length=TEXT_MAX),
            optional=True,
        ),
        field_block("commander", "Incident Commander", person_select("Whoever clicks first"), optional=True),
        field_block(
            "private",
            "Who may see it?",
            checkbox(option("Private", "private", "Invited people only; announced nowhere")),
            optional=True,
        ),
    ]
    if source:
        blocks.append(context(md("Declared from <{}|this message>", Mrkdwn(source))))
    metadata = json.dumps({"source": source, "channel": channel} | ({"message": message} if message else {}))
    return modal("declare", "Declare an incident", blocks, submit="Declare", metadata=metadata)


def declare_again(form: View, known: Mrkdwn, metadata: Mapping[str, Any]) -> View:
    """The filled-in declaration once more, with what is known already; to be sent again only if that is meant.

    Slack keeps what was typed in fields whose block and action ids stay the same (Slack docs, "Updating views").
    """
    blocks = [section(known), *form["blocks"]]
    again = json.dumps({**metadata, "again": True})
    return modal("declare", "Declare another?", blocks, submit="Declare another one", metadata=again)


def opening(text: Mrkdwn) -> View:
    """What the declaration turns into: "opening", and then the link. Slack tells when it is closed."""
    return modal(OPENING, "Incident declared", [section(text)]) | {"notify_on_close": True}
