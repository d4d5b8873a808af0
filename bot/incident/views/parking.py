"""The parking lot: what the war room reads of a parked thought, and the list of all."""

import json
from typing import assert_never

from bot.core.blocks import (
    MESSAGE_MAX,
    Block,
    Message,
    actions,
    button,
    context,
    section,
    sections,
    within,
)
from bot.core.text import Mrkdwn, clip_mrkdwn, lines, md, quoted, when
from bot.incident.domain import facts
from bot.incident.domain.incident import Incident
from bot.incident.domain.parking import ParkedThought, parked_label, still_parked
from bot.incident.domain.vocabulary import Status, mention
from bot.incident.views.ending import status_words
from bot.incident.views.facts import author

LISTED_MAX = 20
_THOUGHT_MAX = 600


def parked(fact: facts.Parked, incident: Incident, actor: Mrkdwn) -> Message:
    """What the war room reads: the thought is kept, and what comes first now. Only the author of a message is notified.

    Args:
        fact: the thought.
        incident: the present state.
        actor: the person who parked it.
    """
    head = md(":parking: *{} parked* for the postmortem", parked_label(fact.number))
    said = md("said by {}, ", author(fact)) if fact.author != fact.by else Mrkdwn("")
    where = md(" · <{}|link>", Mrkdwn(fact.link)) if fact.link else Mrkdwn("")
    small = context(md("{}parked by {}{} · {}", said, actor, where, _what_comes_first(incident)))
    return Message(
        text=md("{}: {}", head, fact.text), blocks=[*sections(lines(head, quoted(fact.text))), small]
    )


def _what_comes_first(incident: Incident) -> Mrkdwn:
    match incident.status:
        case Status.TRIAGE | Status.MITIGATING:
            return Mrkdwn("restoring the service comes first")
        case Status.MITIGATED:
            return Mrkdwn("the impact is stopped, so you may also look into it now")
        case Status.RESOLVED | Status.REVIEWED | Status.CANCELLED:
            return md("the incident is {}, so you may also look into it now", incident.status)
        case Status.DUPLICATE:
            return md("the incident is a {}", status_words(incident))
        case _:
            assert_never(incident.status)


def parking_lot(incident: Incident) -> Message:
    """All parked thoughts, each with a button to take it out. If there are too many, the first ones are left out."""
    thoughts = still_parked(incident.parked)
    if not thoughts:
        return Message.of(
            md(
                "Nothing is parked in {}. `/incident park …` keeps a thought about the cause for the postmortem.",
                incident.reference,
            )
        )
    latest = [*reversed(thoughts)][:LISTED_MAX]
    count = len(within([line(each) for each in latest], MESSAGE_MAX))
    rows = [_row(each, incident) for each in reversed(latest[:count])]
    blocks: list[Block] = [section(md("*Parking lot of {}*", incident.reference))]
    if earlier := len(thoughts) - len(rows):
        blocks.append(
            context(md("{} earlier ones are in the postmortem draft: `/incident postmortem`", earlier))
        )
    text = md("Parking lot of {}: {} parked", incident.reference, len(thoughts))
    return Message(text=text, blocks=[*blocks, *rows])


def line(thought: ParkedThought, most: int = _THOUGHT_MAX) -> Mrkdwn:
    """A parked thought in a few lines, for lists: its number, the thought, whose it is."""
    text = clip_mrkdwn(md("{}", " ".join(thought.text.split())), most)
    said = md("said by {}, ", author(thought)) if thought.author != thought.by else Mrkdwn("")
    where = md(" · <{}|link>", Mrkdwn(thought.link)) if thought.link else Mrkdwn("")
    return lines(
        md("*{}* {}", parked_label(thought.number), text),
        md("{}parked by {} {}{}", said, mention(thought.by), when(thought.at), where),
    )


def taken_out(incident: Incident, number: int) -> Message:
    """The answer to the person who took a thought out, with a way back."""
    put_back = button("Put back", "repark", _value(incident, number))
    return Message.of(md("{} is taken out of the parking lot.", parked_label(number)), actions(put_back))


def put_back(number: int) -> Message:
    """The answer to the person who put a thought back."""
    return Message.of(md("{} is in the parking lot again.", parked_label(number)))


def _row(thought: ParkedThought, incident: Incident) -> Block:
    take_out = button("Take out", "unpark", _value(incident, thought.number))
    return section(line(thought)) | {"block_id": parked_label(thought.number), "accessory": take_out}


def _value(incident: Incident, number: int) -> str:
    return json.dumps({"number": incident.number, "parked": number})
