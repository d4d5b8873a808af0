"""Nudges: one question each, with a button that does it and one that says why not."""

import json
from collections.abc import Collection
from datetime import datetime
from typing import assert_never

from bot.core.blocks import Element, Message, actions, button
from bot.core.text import Mrkdwn, clip, clock, lines, md, span
from bot.incident.domain import facts
from bot.incident.domain.cadence import EscalationStep, audience
from bot.incident.domain.incident import Incident
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.nudges import since
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Role, mention
from bot.incident.views.nudge_sentences import nudge_answer

DECLINE = "nudge_decline"
_WHY_NOT = {
    NudgeKind.SCRIBE: "No scribe needed",
    NudgeKind.SILENCE: "Nothing to add",
    NudgeKind.MITIGATED: "Not yet",
    NudgeKind.FORGOTTEN: "Still open",
}
_ABOUT = {
    NudgeKind.SEVERITY: "the severity",
    NudgeKind.SCRIBE: "a scribe",
    NudgeKind.SILENCE: "the timeline",
    NudgeKind.MITIGATED: "the end",
    NudgeKind.FORGOTTEN: "the end",
}


def nudge(
    incident: Incident, kind: NudgeKind, policy: Policy, now: datetime, absent: Collection[str] = ()
) -> Message:
    """The question in the war room.

    Args:
        incident: the state.
        kind: what it is about.
        policy: what each severity means, and the roles' titles.
        now: the time at delivery (UTC).
        absent: people who have left the war room; they are not called.
    """
    called = " ".join(
        mention(person) for person in audience(incident, EscalationStep.ROOM) if person not in absent
    )
    question = _question(incident, kind, policy, now)
    return Message.of(lines(md("{}", called), question), actions(*_buttons(incident, kind, policy)))


def forgotten(incident: Incident, now: datetime) -> Mrkdwn:
    """The line that a reminder of an update has if nobody has done anything for very long."""
    return md(
        "Nobody has done anything in *{}* for {}. Is it over?", incident.reference, _length(incident, now)
    )


def why_still_open(incident: Incident) -> list[Element]:
    """The buttons that such a reminder has in addition."""
    return [button("Resolve", "resolve", str(incident.number)), _why_not(incident, NudgeKind.FORGOTTEN)]


def answered(incident: Incident, fact: facts.SeverityConfirmed | facts.NudgeDeclined) -> Message:
    """A nudge after its answer, without buttons."""
    return Message.of(
        md(
            ":ballot_box_with_check: *{}* · {} ({} at {})",
            incident.reference,
            nudge_answer(fact),
            mention(fact.by),
            clock(fact.at),
        )
    )


def overtaken(incident: Incident, kind: NudgeKind) -> Message:
    """A nudge that is not needed any more, if Slack does not let the bot delete it."""
    return Message.of(
        md(
            ":ballot_box_with_check: The question about {} of *{}* is settled.",
            _ABOUT[kind],
            incident.reference,
        )
    )


def _question(incident: Incident, kind: NudgeKind, policy: Policy, now: datetime) -> Mrkdwn:
    name = incident.reference
    match kind:
        case NudgeKind.SEVERITY:
            return md(
                ":grey_question: Nobody has chosen the severity of *{}* yet. It stands at *{}*: {}",
                name,
                incident.severity.label,
                policy.impact(incident.severity),
            )
        case NudgeKind.SCRIBE:
            return md(
                ":grey_question: *{}* is {} and has no {}. Who writes down what happens and what is decided? "
                "`/incident assign @person scribe` gives the role to somebody.",
                name,
                incident.severity.label,
                policy.roles.title(Role.SCRIBE),
            )
        case NudgeKind.SILENCE:
            return md(
                ":grey_question: There has been nothing new on the timeline of *{}* for {}. What was tried, and what was "
                "seen?",
                name,
                _length(incident, now, kind),
            )
        case NudgeKind.MITIGATED:
            return md(
                ":grey_question: *{}* has been mitigated for {}. Is it over?",
                name,
                _length(incident, now, kind),
            )
        case NudgeKind.FORGOTTEN:
            return md(":grey_question: {}", forgotten(incident, now))
        case _:
            assert_never(kind)


def _length(incident: Incident, now: datetime, kind: NudgeKind = NudgeKind.FORGOTTEN) -> str:
    return span(now - (since(incident, kind) or now))


def _buttons(incident: Incident, kind: NudgeKind, policy: Policy) -> list[Element]:
    value = str(incident.number)
    match kind:
        case NudgeKind.SEVERITY:
            keep = json.dumps({"number": incident.number, "severity": int(incident.severity)})
            return [
                button(f"Keep {incident.severity.label}", "keep_severity", keep, style="primary"),
                button("Change severity", "severity", value),
            ]
        case NudgeKind.SCRIBE:
            title = clip(f"I will be {policy.roles.title(Role.SCRIBE)}", 75)
            return [button(title, "become_scribe", value, style="primary"), _why_not(incident, kind)]
        case NudgeKind.SILENCE:
            return [
                button("Add a note", "note", value, style="primary"),
                button("Post update", "update", value),
                _why_not(incident, kind),
            ]
        case NudgeKind.MITIGATED:
            return [button("Resolve", "resolve", value, style="primary"), _why_not(incident, kind)]
        case NudgeKind.FORGOTTEN:
            return [
                button("Resolve", "resolve", value, style="primary"),
                button("Post update", "update", value),
                _why_not(incident, kind),
            ]
        case _:
            assert_never(kind)


def _why_not(incident: Incident, kind: NudgeKind) -> Element:
    """The button that opens the form for the reason."""
    value = json.dumps({"number": incident.number, "nudge": kind.value})
    return button(_WHY_NOT[kind], DECLINE, value)
