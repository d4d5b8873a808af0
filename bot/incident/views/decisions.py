"""Decisions: the message in the war room, what follows from an objection, and the list."""

import json
from collections.abc import Mapping
from typing import assert_never

from bot.core.blocks import (
    MESSAGE_MAX,
    Block,
    Element,
    Message,
    actions,
    button,
    context,
    section,
    sections,
    within,
)
from bot.core.text import Mrkdwn, clip_mrkdwn, clock, lines, md, quoted
from bot.incident.domain import facts
from bot.incident.domain.decisions import DecisionState, RecordedDecision, decision_label, find_decision
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import mention

LISTED_MAX = 15
_EXCERPT_MAX = 300


def decision(recorded: RecordedDecision, incident: Incident, names: Mapping[str, str]) -> Message:
    """A decision in the war room, in its present state.

    Args:
        recorded: the decision.
        incident: the present state.
        names: people's names by id. A person with a name here is not mentioned, and so not notified of their own act.
    """
    head = md(":scales: *Decision {}*{}", decision_label(recorded.number), _headline(recorded))
    parts = [("Risk", recorded.risk), ("Way back", recorded.way_back)]
    body = [
        *sections(lines(head, quoted(recorded.text))),
        *(block for name, text in parts if text for block in sections(lines(md("*{}*", name), quoted(text)))),
    ]
    if recorded.objection:
        body.append(section(_objection(recorded)))
    body.append(context(_who_decides(recorded, incident, names)))
    if recorded.state is DecisionState.PENDING:
        body.append(section(md("Stands at {} unless somebody strongly objects.", clock(recorded.until))))
    buttons = _buttons(recorded, incident)
    return Message(
        text=md("{}: {}", head, recorded.text), blocks=[*body, *([actions(*buttons)] if buttons else [])]
    )


def objected(fact: facts.Objected, incident: Incident, actor: Mrkdwn) -> Message:
    """A strong objection: the reason, and whom it concerns."""
    name, recorded = decision_label(fact.number), find_decision(incident.decisions, fact.number)
    head = md(":raised_hand: *Strong objection to {}* by {}", name, actor)
    whom = incident.commander or (recorded.by if recorded else "")
    asked = md("{}: ", mention(whom)) if whom and whom != fact.by else Mrkdwn("")
    is_open = recorded is not None and recorded.state is DecisionState.OBJECTED
    ask = section(md("{}{} is open again. Decide again, or withdraw it.", asked, name))
    more = [ask, actions(*_buttons(recorded, incident))] if recorded and is_open else []
    return Message(
        text=md("{}: {}", head, fact.reason),
        blocks=[*sections(lines(head, quoted(fact.reason))), *more],
    )


def withdrawn(fact: facts.DecisionWithdrawn, incident: Incident, actor: Mrkdwn) -> Message:
    """A decision that does not count any more."""
    recorded = find_decision(incident.decisions, fact.number)
    words = clip_mrkdwn(md("{}", _one_line(recorded.text if recorded else "")), _EXCERPT_MAX)
    return Message.of(
        md(":scales: *Decision {} withdrawn* by {}: {}", decision_label(fact.number), actor, words)
    )


def not_objected(incident: Incident, recorded: RecordedDecision, why: str) -> Message:
    """The answer to an objection that cannot be made now; if the decision stands, with a button to decide again."""
    if recorded.state in (DecisionState.PENDING, DecisionState.STANDS):
        again = button("New decision", "decision", _value(incident, recorded.number))
        return Message.of(md("{}", why), actions(again))
    return Message.of(md("{}", why))


def decisions(incident: Incident) -> Message:
    """All decisions with their states, the latest first; those that are undecided have their buttons."""
    if not incident.decisions:
        return Message.of(
            md(
                "No decision is recorded in {}. `/incident decision …` records one.",
                incident.reference,
            )
        )
    latest = incident.decisions[: -LISTED_MAX - 1 : -1]
    shown = within([_entry(each) for each in latest], MESSAGE_MAX)
    blocks: list[Block] = [section(md("*Decisions of {}*", incident.reference))]
    for text, each in zip(shown, latest, strict=False):
        buttons = _buttons(each, incident)
        blocks += [section(text), *([actions(*buttons)] if buttons else [])]
    if earlier := len(incident.decisions) - len(shown):
        blocks.append(
            context(md("{} earlier ones are in the postmortem draft: `/incident postmortem`", earlier))
        )
    text = md("Decisions of {}: {}", incident.reference, len(incident.decisions))
    return Message(text=text, blocks=blocks)


def line(recorded: RecordedDecision) -> Mrkdwn:
    """A decision and its state in one line, for lists."""
    words = clip_mrkdwn(md("{}", _one_line(recorded.text)), _EXCERPT_MAX)
    return md("*{}* {} — {}", decision_label(recorded.number), words, _state(recorded))


def _entry(recorded: RecordedDecision) -> Mrkdwn:
    given = (("Risk", recorded.risk), ("Way back", recorded.way_back), ("Objection", recorded.objection))
    more = [clip_mrkdwn(md("{}: {}", name, _one_line(text)), _EXCERPT_MAX) for name, text in given if text]
    return lines(line(recorded), *more, md("Recorded by {} at {}", mention(recorded.by), clock(recorded.at)))


def _headline(recorded: RecordedDecision) -> Mrkdwn:
    match recorded.state:
        case DecisionState.PENDING:
            return Mrkdwn("")
        case DecisionState.OBJECTED:
            return Mrkdwn(" is *open again*")
        case DecisionState.STANDS:
            return md(" *stands* since {}: nobody objected", clock(recorded.until))
        case DecisionState.WITHDRAWN:
            return Mrkdwn(" is *withdrawn*")
        case DecisionState.REPLACED:
            return md(" is *replaced* by {}", decision_label(recorded.replaced_by or 0))
        case _:
            assert_never(recorded.state)


def _state(recorded: RecordedDecision) -> Mrkdwn:
    match recorded.state:
        case DecisionState.PENDING:
            return md("stands at {} unless somebody strongly objects", clock(recorded.until))
        case DecisionState.OBJECTED:
            return md("open again: {} objected", mention(recorded.objected_by))
        case DecisionState.STANDS:
            return md("stands since {}", clock(recorded.until))
        case DecisionState.WITHDRAWN:
            return Mrkdwn("withdrawn")
        case DecisionState.REPLACED:
            return md("replaced by {}", decision_label(recorded.replaced_by or 0))
        case _:
            assert_never(recorded.state)


def _objection(recorded: RecordedDecision) -> Mrkdwn:
    said = clip_mrkdwn(quoted(recorded.objection), _EXCERPT_MAX)
    return lines(md("*Strong objection* by {}", mention(recorded.objected_by)), said)


def _who_decides(recorded: RecordedDecision, incident: Incident, names: Mapping[str, str]) -> Mrkdwn:
    """Who has recorded it, and who decides: the commander, who is mentioned if another person has recorded it."""
    by = md("{}", names.get(recorded.by) or mention(recorded.by))
    if not recorded.state.is_undecided:
        return md("Recorded by {}", by)
    if incident.commander is None:
        return md("Recorded by {} · nobody has command", by)
    if incident.commander == recorded.by:
        return md("Decided by {}, who has command", by)
    return md("Recorded by {} · {} has command and decides", by, mention(incident.commander))


def _buttons(recorded: RecordedDecision, incident: Incident) -> list[Element]:
    value, withdraw = _value(incident, recorded.number), "decision_withdraw"
    match recorded.state:
        case DecisionState.PENDING:
            return [
                button("Strong objection", "decision_object", value, style="danger"),
                button("Withdraw", withdraw, value),
            ]
        case DecisionState.OBJECTED:
            return [
                button("Decide again", "decision", value, style="primary"),
                button("Withdraw", withdraw, value),
            ]
        case DecisionState.STANDS | DecisionState.WITHDRAWN | DecisionState.REPLACED:
            return []
        case _:
            assert_never(recorded.state)


def _value(incident: Incident, number: int) -> str:
    return json.dumps({"number": incident.number, "decision": number})


def _one_line(text: str) -> str:
    return " ".join(text.split())
