"""How one near miss is shown wherever it is, and its buttons."""

import json

from bot.core.blocks import Block, Element, Message, actions, button, context, section, sections
from bot.core.text import Mrkdwn, clip, dotted, lines, local_day, md, quoted, when
from bot.followup.domain.near_miss import NearMiss, reference
from bot.incident.domain.vocabulary import mention
from bot.incident.domain.vocabulary import reference as incident_reference

ANSWER, PROMOTE, CHANGE, WITHDRAW, RESTORE = (
    "nearmiss_answer",
    "nearmiss_promote",
    "nearmiss_change",
    "nearmiss_withdraw",
    "nearmiss_restore",
)
WITHOUT_NAME = "without a name"
_SHORT, _ANSWER_SHORT = 250, 200


def value(item: NearMiss) -> str:
    """The value of its buttons."""
    return json.dumps({"near_miss": item.number})


def announcement(item: NearMiss) -> Message:
    """The post in the board's channel, as it is now; of one that was taken back it has no words."""
    if item.is_withdrawn:
        return Message.of(md("_{} was taken back._", item.reference))
    head = _head(item, clip(item.title, _SHORT))
    what = lines(head, _caught(item), _answer(item), dotted(_became(item), _similar(item), _by(item)))
    blocks: list[Block] = [section(what)]
    if found := _common_buttons(item):
        blocks.append(actions(*found))
    return Message(text=head, blocks=blocks)


def row(item: NearMiss, reader: str) -> list[Block]:
    """One of a list, with the buttons that this person needs."""
    if item.is_withdrawn:
        what = md("~{}~ {} · taken back", item.reference, clip(item.title, _SHORT))
    else:
        details = dotted(_became(item), _waits(item), _similar(item), _by(item))
        what = lines(_head(item, clip(item.title, _SHORT)), _answer(item), details)
    found = _buttons(item, reader)
    return [section(what), *([actions(*found)] if found else [])]


def whole(item: NearMiss, reader: str) -> Message:
    """One with all its words and its answer, and the buttons that this person needs."""
    mark = md("*{}*", item.reference)
    if item.is_withdrawn:
        mark = md("{} · taken back; nobody else sees it", mark)
    blocks: list[Block] = [section(dotted(mark, _by(item), _became(item), _waits(item)))]
    blocks += sections(lines(Mrkdwn("*What happened*"), quoted(item.title)))
    if item.summary:
        blocks += sections(lines(Mrkdwn("*What caught it*"), quoted(item.summary)))
    if item.answer:
        answered = md("*Answered by {}*{}", mention(item.answered_by), _when_answered(item))
        blocks += sections(lines(answered, quoted(item.answer)))
    if similar := _similar(item):
        blocks.append(context(similar))
    found = [*_buttons(item, reader), *_take_out(item, reader)]
    return Message(
        text=md("{}: {}", item.reference, clip(item.title, _SHORT)),
        blocks=[*blocks, *([actions(*found)] if found else [])],
    )


def as_incident(item: NearMiss) -> tuple[str, str]:
    """The title and the summary with which it becomes an incident.

    The title says that it is a near miss: then the figures leave it apart, until somebody renames it.
    """
    first = next((line.strip() for line in item.title.splitlines() if line.strip()), item.title)
    caught = f"\n\nCaught by: {item.summary}" if item.summary else ""
    return f"Near miss: {first}", f"{item.title}{caught}"


def _head(item: NearMiss, title: str) -> Mrkdwn:
    return md(":eyes: Near miss *{}*: {}", item.reference, title)


def _caught(item: NearMiss) -> Mrkdwn:
    return md("Caught by: {}", clip(item.summary, _SHORT)) if item.summary else Mrkdwn("")


def _answer(item: NearMiss) -> Mrkdwn:
    if not item.answer:
        return Mrkdwn("")
    return md(
        ":white_check_mark: {}: {}",
        mention(item.answered_by),
        clip(" ".join(item.answer.split()), _ANSWER_SHORT),
    )


def _when_answered(item: NearMiss) -> Mrkdwn:
    return md(" ({})", when(item.first_answered_at)) if item.first_answered_at else Mrkdwn("")


def _became(item: NearMiss) -> Mrkdwn:
    return Mrkdwn("") if item.promoted_to is None else md("became *{}*", incident_reference(item.promoted_to))


def _waits(item: NearMiss) -> Mrkdwn:
    if not item.waits or item.due_at is None:
        return Mrkdwn("")
    return md("to be answered by {}", local_day(item.due_at))


def _similar(item: NearMiss) -> Mrkdwn:
    return md("similar to {}", ", ".join(map(reference, item.similar))) if item.similar else Mrkdwn("")


def _by(item: NearMiss) -> Mrkdwn:
    who = mention(item.reported_by) if item.reported_by else WITHOUT_NAME
    changed = Mrkdwn(", changed since") if item.changed_at else Mrkdwn("")
    return md("reported {}{} {}{}", "by " if item.reported_by else "", who, when(item.reported_at), changed)


def _common_buttons(item: NearMiss) -> list[Element]:
    """What everybody is offered."""
    found = [button("Answer", ANSWER, value(item), style="primary")] if item.waits else []
    if item.promoted_to is None:
        found.append(button("Promote to an incident", PROMOTE, value(item)))
    return found


def _buttons(item: NearMiss, reader: str) -> list[Element]:
    own = item.reported_by == reader
    if item.is_withdrawn:
        return [button("Bring it back", RESTORE, value(item))]
    mine = [button("Change", CHANGE, value(item))] if own else []
    if own and item.promoted_to is None:
        mine.append(button("Take it back", WITHDRAW, value(item)))
    return [*_common_buttons(item), *mine]


def _take_out(item: NearMiss, reader: str) -> list[Element]:
    """What one sees only when one looks at a single one: correct the answer, or take out what names somebody."""
    if item.is_withdrawn:
        return []
    label = "Change the answer" if item.answer else "Answer"
    found = [] if item.waits else [button(label, ANSWER, value(item))]
    if item.reported_by != reader and item.promoted_to is None:
        found.append(button("Take it out", WITHDRAW, value(item)))
    return found
