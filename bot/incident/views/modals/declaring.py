"""The form to declare an incident."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from bot.core.blocks import (
    Block,
    View,
    checkbox,
    checkboxes,
    context,
    field_block,
    modal,
    option,
    person_select,
    radio,
    section,
    text_input,
)
from bot.core.text import Mrkdwn, clip, lines, md
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import TEXT_MAX, TITLE_MAX
from bot.incident.domain.shortlist import ListedIncident
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.card import mark
from bot.incident.views.modals.fields import severities
from bot.incident.views.services import service_field

OPENING = "opening"
DRILL = "drill"  # the value of the box
KNOWN_TITLE_MAX = 120
PROPOSED = Severity.SEV2  # the severity that the form shows first


def declare(
    policy: Policy,
    *,
    title: str = "",
    severity: Severity | None = None,
    summary: str = "",
    source: str = "",
    channel: str = "",
    message: tuple[str, str, str] | None = None,
    known: Sequence[ListedIncident] = (),
    services: Sequence[str] = (),
    drill: bool = False,
    came_from: str = "",
) -> View:
    """The form to declare an incident. Only the title is required.

    Args:
        policy: what each severity means.
        title: the initial title.
        severity: the initial severity; None for SEV2.
        summary: the initial summary.
        source: the link to the message from which it is declared.
        channel: the id of the channel in which the form was opened.
        message: channel, time stamp and thread of the message from which it is declared.
        known: incidents that the person may be about to declare again.
        services: the keys of the services that are chosen first.
        drill: whether the box is ticked first that says that it is a drill.
        came_from: the name of what becomes this incident, such as `NM-7`; empty if nothing does.
    """
    blocks: list[Block] = [
        *([section(_known(known))] if known else []),
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
            radio(severities(policy), str(int(severity or PROPOSED))),
            hint="Unsure between two? Take the worse one; you can lower it later.",
        ),
        field_block(
            "summary",
            "What is known so far",
            text_input(initial=clip(summary, TEXT_MAX), multiline=True, max_length=TEXT_MAX),
            optional=True,
        ),
        *service_field(policy.services, services),
        field_block(
            "commander", "Incident Commander", person_select("The first who takes command"), optional=True
        ),
        field_block(
            "private",
            "Who may see it?",
            checkbox(option("Private", "private", "Invited people only; not announced")),
            optional=True,
        ),
        drill_field(is_drill=drill),
        field_block(
            "over",
            "Is it over?",
            checkbox(option("It is already over", "over", "Asks for its times; opens no war room")),
            optional=True,
        ),
    ]
    if source:
        blocks.append(context(md("Declared from <{}|this message>", Mrkdwn(source))))
    metadata: dict[str, Any] = {"source": source, "channel": channel}
    if came_from:
        blocks.append(context(md("From {}, which will say that it became this incident.", came_from)))
        metadata["came_from"] = came_from
    if message:
        metadata["message"] = message
    if severity is None:
        metadata["severity_proposed"] = int(PROPOSED)  # if it stays, nobody has chosen it
    return modal("declare", "Declare an incident", blocks, submit="Declare", metadata=json.dumps(metadata))


def drill_field(*, is_drill: bool) -> Block:
    """The box that says that people practise."""
    choice = option(
        "This is a drill", DRILL, "People practise: it is marked as a drill everywhere, and calls nobody"
    )
    box = checkboxes([choice], (DRILL,) if is_drill else ())
    return field_block("drill", "Is it real?", box, optional=True)


def _known(known: Sequence[ListedIncident]) -> Mrkdwn:
    """The incidents that may be the same, each with the way to its war room."""
    rows = [
        md(
            "• {} *{}* {} ({}){}",
            mark(each.incident),
            each.incident.reference,
            clip(each.incident.title, KNOWN_TITLE_MAX),
            each.incident.status,
            Mrkdwn(f" · <#{each.channel}>") if each.channel else Mrkdwn(""),
        )
        for each in known
    ]
    return lines(Mrkdwn("*Is it one of these? Then join it instead.*"), *rows)


def declare_again(form: View, known: Mrkdwn, metadata: Mapping[str, Any]) -> View:
    """The filled-in form again, with the incident that is declared already; the person may send it again.

    Slack keeps what was typed in fields whose block and action ids stay the same (Slack docs, "Updating views").
    """
    blocks = [section(known), *form["blocks"]]
    again = json.dumps({**metadata, "again": True})
    return modal("declare", "Declare another?", blocks, submit="Declare another one", metadata=again)


def opening(text: Mrkdwn) -> View:
    """What the form shows after it was sent: "opening", then the link. Slack sends an event when it is closed."""
    return modal(OPENING, "Incident declared", [section(text)]) | {"notify_on_close": True}
