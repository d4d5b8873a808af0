"""The forms of action items. Each field's name is its block_id, by which `commands` reads the value."""

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.core.blocks import (
    Block,
    View,
    context,
    day_picker,
    field_block,
    modal,
    option,
    person_select,
    section,
    select,
    text_input,
)
from bot.core.text import Mrkdwn, clip, day, lines, link_to, md
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.rules import OUTCOME_MAX, TITLE_MAX, needs_reason
from bot.followup.domain.vocabulary import Kind, Priority
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import reference

ADD, DONE, DROP, MOVE, GIVE = (
    "action_item",
    "action_done",
    "action_drop",
    "action_move",
    "action_give",
)


def add(
    incident: Incident,
    *,
    title: str = "",
    owner: str = "",
    due_on: date | None = None,
    link: str = "",
    note: str = "",
) -> View:
    """Add an action item, with what is known of it already.

    Args:
        incident: where it comes from.
        title: the initial text; a longer one is cut.
        owner: the id of the person who was named; empty if nobody was.
        due_on: the day that was named; None if none was.
        link: the link to the message from which it is made; empty if there is none.
        note: a sentence above the fields, for example what is still missing; empty for none.
    """
    about = context(md("{}: {}", incident.reference, clip(incident.title, 100)))
    source = [context(md("From {}", link_to(link, "this message")))] if link else []
    said = [section(md("{}", note))] if note else []
    fields = [
        field_block(
            "text",
            "What is to be done?",
            text_input(
                initial=clip(title, TITLE_MAX),
                max_length=TITLE_MAX,
                placeholder="Add an alert on replica lag",
            ),
        ),
        field_block(
            "person", "Who does it?", person_select("One person", owner), hint="They are told privately."
        ),
        field_block(
            "due",
            "By when?",
            day_picker(due_on),
            hint="They are reminded three days before, on the day, and weekly when it is overdue.",
        ),
        field_block(
            "kind",
            "What is it for?",
            select(
                [option(each.value.capitalize(), each.value, each.meaning) for each in Kind], Kind.PREVENT
            ),
        ),
        field_block(
            "priority",
            "How important is it?",
            select(
                [option(each.label.capitalize(), str(int(each))) for each in Priority],
                str(int(Priority.MEDIUM)),
            ),
        ),
    ]
    return modal(
        ADD,
        "Add an action item",
        [about, *said, *fields, *source],
        submit="Add",
        metadata=json.dumps({"number": incident.number, "link": link}),
    )


def done(item: ActionItem) -> View:
    """It is done: how does one see that?"""
    proof = field_block(
        "proof",
        "How does one see that it is done?",
        text_input(
            multiline=True,
            max_length=OUTCOME_MAX,
            placeholder="https://github.com/… or: the alert rang in Tuesday's drill",
        ),
        hint="A link, or a sentence.",
    )
    return _about(item, DONE, "Done", [proof], "Done")


def drop(item: ActionItem) -> View:
    """It will not be done: why?"""
    reason = field_block(
        "reason",
        "Why will it not be done?",
        text_input(multiline=True, max_length=OUTCOME_MAX, placeholder="The service is replaced in March"),
    )
    return _about(item, DROP, "Not doing it", [reason], "Save")


def move(item: ActionItem) -> View:
    """Another day."""
    times = len(item.moves)
    before = (
        [context(md("It was moved {} before.", "once" if times == 1 else f"{times} times"))] if times else []
    )
    fields = [
        field_block("due", "By when?", day_picker(item.due_on)),
        field_block(
            "reason",
            "Why?",
            text_input(multiline=True, max_length=OUTCOME_MAX),
            optional=not needs_reason(item),
        ),
    ]
    return _about(item, MOVE, "Move the date", [*before, *fields], "Move")


def give(item: ActionItem) -> View:
    """Another owner."""
    person = field_block(
        "person", "Who does it?", person_select("One person"), hint="They are told privately."
    )
    return _about(item, GIVE, "Hand it over", [person], "Hand over")


def _about(item: ActionItem, callback_id: str, title: str, fields: list[Block], submit: str) -> View:
    about = lines(
        md("*{}* {}", item.reference, item.title),
        md("due {} · {} {}", day(item.due_on), reference(item.incident), clip(item.incident_title, 100)),
    )
    metadata: Mapping[str, Any] = {"number": item.incident, "item": item.number}
    head = section(Mrkdwn(about))
    return modal(callback_id, title, [head, *fields], submit=submit, metadata=json.dumps(metadata))
