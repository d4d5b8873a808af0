"""The forms to record a decision and to object to one."""

import json
from datetime import timedelta

from bot.core.blocks import View, context, field_block, option, section, select, text_input
from bot.core.text import clip_mrkdwn, clock, md, quoted, span
from bot.incident.domain.decisions import RecordedDecision, decision_label
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import RISK_MAX, TEXT_MAX
from bot.incident.views.modals.fields import form

_WINDOWS = tuple(timedelta(minutes=count) for count in (1, 2, 5, 10, 15, 30, 60))
_SHOWN_MAX = 1000


def decision(incident: Incident, policy: Policy, before: RecordedDecision | None = None) -> View:
    """Record a decision.

    Args:
        incident: the state.
        policy: the usual time for objections.
        before: the decision that it replaces, whose words the form begins with.
    """
    instead = [context(md("It replaces {}.", decision_label(before.number)))] if before else []
    windows = sorted({*_WINDOWS, policy.objection_window})
    choices = [option(span(each), _seconds(each)) for each in windows]
    view = form(
        incident,
        "decision",
        "Record a decision",
        *instead,
        field_block(
            "text",
            "What is decided?",
            text_input(
                initial=before.text if before else "",
                multiline=True,
                max_length=TEXT_MAX,
                placeholder="Fail over to the second region",
            ),
        ),
        field_block(
            "risk",
            "Risk: what may go wrong?",
            text_input(initial=before.risk if before else "", multiline=True, max_length=RISK_MAX),
            optional=True,
        ),
        field_block(
            "way_back",
            "Way back: how can it be undone?",
            text_input(initial=before.way_back if before else "", multiline=True, max_length=RISK_MAX),
            optional=True,
        ),
        field_block(
            "within",
            "Time for strong objections",
            select(choices, _seconds(policy.objection_window)),
            hint="If nobody objects in this time, the decision stands.",
        ),
        submit="Record",
    )
    return _about(view, incident, before)


def objection(incident: Incident, recorded: RecordedDecision) -> View:
    """Strongly object to a decision, with a reason."""
    view = form(
        incident,
        "decision_object",
        "Strong objection",
        section(clip_mrkdwn(quoted(recorded.text), _SHOWN_MAX)),
        context(
            md(
                "{} stands at {}. An objection opens it again.",
                decision_label(recorded.number),
                clock(recorded.until),
            )
        ),
        field_block("reason", "What would go wrong?", text_input(multiline=True, max_length=TEXT_MAX)),
        submit="Object",
    )
    return _about(view, incident, recorded)


def _about(view: View, incident: Incident, recorded: RecordedDecision | None) -> View:
    """The form, which remembers the decision that it is about."""
    if recorded is None:
        return view
    return view | {"private_metadata": json.dumps({"number": incident.number, "decision": recorded.number})}


def _seconds(length: timedelta) -> str:
    return str(int(length.total_seconds()))
