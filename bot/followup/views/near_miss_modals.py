"""The forms of near misses. Each field's name is its block_id, by which `commands` reads the value."""

import json
from collections.abc import Sequence

from bot.core.blocks import (
    Block,
    View,
    actions,
    button,
    checkboxes,
    context,
    field_block,
    modal,
    option,
    section,
    sections,
    text_input,
)
from bot.core.text import Mrkdwn, clip, lines, local_day, md, quoted
from bot.followup.domain.near_miss import NearMiss, reference
from bot.followup.domain.near_miss_rules import ANSWER_MAX, TEXT_MAX

REPORT, ANSWER, CHANGE = "nearmiss_report", "nearmiss_answer", "nearmiss_change"
UNDO, NAMELESS = "nearmiss_undo", "nameless"
OPEN_TO_ALL = Mrkdwn("Everybody here can read it: say what happened, and do not name people.")
# What the Home tab shows does not change, so it is not published after these forms. To publish it, the person's profile
# is looked up and stored, which would tell who has just reported something.
_LEAVES_HOME = {"home": False}


def report(title: str = "") -> View:
    """Report a near miss.

    Args:
        title: the initial text of what happened; a longer one is cut.
    """
    fields = [
        section(OPEN_TO_ALL),
        *_fields(title, ""),
        field_block(
            "name",
            "Your name",
            checkboxes(
                [
                    option(
                        "Send it without my name",
                        NAMELESS,
                        "Then nothing about you is stored, and you get no answer",
                    )
                ]
            ),
            optional=True,
        ),
    ]
    return modal(REPORT, "Report a near miss", fields, submit="Send", metadata=json.dumps(_LEAVES_HOME))


def change(item: NearMiss) -> View:
    """Say it better."""
    fields = [section(OPEN_TO_ALL), *_fields(item.title, item.summary)]
    return modal(CHANGE, f"Change {item.reference}", fields, submit="Save", metadata=_about(item))


def answer(item: NearMiss) -> View:
    """Say what is done about it."""
    told = (
        Mrkdwn("The reporter is told privately, and everybody can read it.")
        if item.reported_by
        else Mrkdwn("It was sent without a name: nobody is told, and everybody can read it.")
    )
    fields: list[Block] = [
        section(lines(md("*{}*", item.reference), quoted(clip(item.title, TEXT_MAX)))),
        field_block(
            "answer",
            "What is done about it?",
            text_input(
                initial=item.answer,
                multiline=True,
                max_length=ANSWER_MAX,
                placeholder="The deploy tool asks for the region now (ACT-12)",
            ),
            hint="If nothing is done: why? Thank them; a report is a gift.",
        ),
        context(told),
    ]
    return modal(ANSWER, f"Answer {item.reference}", fields, submit="Answer", metadata=_about(item))


def thanks(item: NearMiss, similar: Sequence[NearMiss]) -> View:
    """What takes the place of the form: what is stored, what becomes of it, and what is similar."""
    return modal(
        "nearmiss_thanks",
        "Thank you",
        [
            *sections(thanks_text(item, similar)),
            actions(button("Take it back", UNDO, json.dumps({"near_miss": item.number}))),
        ],
        metadata=json.dumps({**_LEAVES_HOME, "near_miss": item.number}),
    )


def thanks_text(item: NearMiss, similar: Sequence[NearMiss]) -> Mrkdwn:
    """The same in words.

    Args:
        item: what was reported.
        similar: earlier ones with similar words, among what the reporter may read.
    """
    by = md(" by {}", local_day(item.due_at)) if item.due_at else Mrkdwn("")
    if item.reported_by:
        becomes = md("It is to be answered{}, and you are told privately.", by)
        later = md(
            "`/incident nearmiss {}` shows it, and lets you change it or take it back.", item.reference
        )
    else:
        becomes = md(
            "It is to be answered{}. Nobody knows that it was you, so nobody can tell you: look with `/incident nearmiss {}`.",
            by,
            item.reference,
        )
        later = Mrkdwn(
            "You can take it back here, as long as this window is open; later somebody else has to."
        )
    caught = lines(Mrkdwn("What caught it:"), quoted(item.summary)) if item.summary else None
    return lines(
        md(":pray: *Thank you.* This is stored as *{}*:", item.reference),
        quoted(item.title),
        caught,
        becomes,
        later,
        *_before(item, similar),
    )


def _before(item: NearMiss, similar: Sequence[NearMiss]) -> list[Mrkdwn]:
    """Earlier ones: with their words if the reporter may read them, otherwise by their names."""
    if not item.similar:
        return []
    if not similar:
        return [md("Similar ones before it: {}", ", ".join(map(reference, item.similar)))]
    named = [md("• *{}* {}", each.reference, clip(each.title, 150)) for each in similar]
    return [Mrkdwn("*Similar ones before it:*"), *named]


def _fields(title: str, summary: str) -> list[Block]:
    return [
        field_block(
            "title",
            "What happened?",
            text_input(
                initial=clip(title, TEXT_MAX),
                multiline=True,
                max_length=TEXT_MAX,
                placeholder="A script for the test database was started on the live one",
            ),
        ),
        field_block(
            "summary",
            "What caught it?",
            text_input(
                initial=summary,
                multiline=True,
                max_length=TEXT_MAX,
                placeholder="The password was another one. Or: luck",
            ),
            optional=True,
        ),
    ]


def _about(item: NearMiss) -> str:
    return json.dumps({**_LEAVES_HOME, "near_miss": item.number})
