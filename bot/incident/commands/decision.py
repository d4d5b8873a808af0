"""`/incident decision`: record a decision; object to one; withdraw one."""

import re
from datetime import timedelta
from functools import partial

from bot.core.decision import Refused
from bot.core.dedup import same_words
from bot.incident.commands.registry import INCIDENT, button, command, form
from bot.incident.commands.request import ChangeIncident, OpenForm, Outcome, Reply, Request
from bot.incident.domain import rules
from bot.incident.domain.decisions import RecordedDecision, find_decision
from bot.incident.domain.permissions import Capability
from bot.incident.views import decisions, modals

_SECONDS = re.compile(r"[0-9]{1,9}")
NO_SUCH_DECISION = "I no longer know which decision that was about: `/incident decisions` lists them."


@command(
    "decision",
    "decision [what is decided]",
    "Record a decision; it stands unless somebody strongly objects in time",
    "Without text a form asks for the decision, its risk, the way back and the time for objections.",
    about=INCIDENT,
    may=Capability.CHANGE,
    free_text=True,
    synonyms={"decide": "", "decided": ""},
)
def decision(request: Request) -> Outcome:
    """Record the decision at once, or open the form."""
    if not request.text.strip():
        return rules.closed(request.about) or OpenForm(modals.decision(request.about, request.policy))
    within = request.policy.objection_window
    return ChangeIncident(
        partial(rules.decide, text=request.text, by=request.actor, now=request.now, within=within),
        dedup_keys=(same_words(f"decision:{request.about.number}", request.actor, request.text),),
    )


@button("decision", about=INCIDENT, may=Capability.CHANGE)
def decision_button(request: Request) -> Outcome:
    """Open the form; if the button is of an earlier decision, with its words."""
    before = _decision(request)
    refused = rules.closed(request.about)
    if before and not refused:
        refused = rules.not_replaceable(request.about, before.number)
    return refused or OpenForm(modals.decision(request.about, request.policy, before))


@form("decision", about=INCIDENT, may=Capability.CHANGE)
def submit(request: Request) -> Outcome:
    """Record the decision, from the form."""
    text, risk, way_back = (str(request.fields.get(name, "")) for name in ("text", "risk", "way_back"))
    before = _decision(request)
    return ChangeIncident(
        partial(
            rules.decide,
            text=text,
            risk=risk,
            way_back=way_back,
            by=request.actor,
            now=request.now,
            within=_within(request),
            instead_of=before.number if before else None,
        )
    )


@button("decision_object", about=INCIDENT, may=Capability.CHANGE)
def object_button(request: Request) -> Outcome:
    """Open the form that asks why; if it is too late, say what to do instead."""
    recorded = _decision(request)
    if recorded is None:
        return Refused(NO_SUCH_DECISION)
    if refused := rules.closed(request.about):
        return refused
    if late := rules.not_open_to_objections(request.about, recorded.number, request.now):
        return Reply(decisions.not_objected(request.about, recorded, late.message))
    return OpenForm(modals.objection(request.about, recorded))


@form("decision_object", about=INCIDENT, may=Capability.CHANGE)
def submit_objection(request: Request) -> Outcome:
    """Object, from the form."""
    recorded = _decision(request)
    if recorded is None:
        return Refused(NO_SUCH_DECISION)
    reason = str(request.fields.get("reason", ""))
    return ChangeIncident(
        partial(
            rules.object_to_decision,
            number=recorded.number,
            reason=reason,
            by=request.actor,
            now=request.now,
        )
    )


@button("decision_withdraw", about=INCIDENT, may=Capability.CHANGE)
def withdraw_button(request: Request) -> Outcome:
    """Withdraw the decision."""
    recorded = _decision(request)
    if recorded is None:
        return Refused(NO_SUCH_DECISION)
    return ChangeIncident(
        partial(rules.withdraw_decision, number=recorded.number, by=request.actor, now=request.now)
    )


def _decision(request: Request) -> RecordedDecision | None:
    """The decision that a button or form is about; None if it is about none, or not ours."""
    number = request.metadata.get("decision")
    return find_decision(request.about.decisions, number) if type(number) is int else None


def _within(request: Request) -> timedelta:
    """The time for objections that was chosen, or the usual one."""
    chosen = str(request.fields.get("within", ""))
    return timedelta(seconds=int(chosen)) if _SECONDS.fullmatch(chosen) else request.policy.objection_window
