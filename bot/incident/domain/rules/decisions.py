"""The rules of decisions: recording, objecting, withdrawing, and letting them stand."""

from datetime import datetime, timedelta
from typing import assert_never

from bot.core.actor import machine
from bot.core.decision import Refused
from bot.incident.domain import facts
from bot.incident.domain.decisions import DecisionState, RecordedDecision, decision_label, find_decision
from bot.incident.domain.incident import Incident
from bot.incident.domain.rules.decision import Decision, closed
from bot.incident.domain.rules.limits import (
    TEXT_MAX,
    UPDATE_SLACK_LENGTH_MAX,
    slack_length,
    too_long,
    too_long_in_slack,
)
from bot.incident.domain.vocabulary import mention

RISK_MAX = 1000  # characters, also of the way back: with the decision they must fit into one message
DECISIONS_MAX = 100  # all of them are part of the state, which every act stores
OBJECTION_WINDOW_MAX = timedelta(days=1)
CLOCK = machine("the clock")


def decide(
    incident: Incident,
    text: str,
    *,
    by: str,
    now: datetime,
    within: timedelta,
    risk: str = "",
    way_back: str = "",
    instead_of: int | None = None,
) -> Decision:
    """Record a decision.

    Args:
        incident: the state.
        text: what is decided.
        by: the person who records it.
        now: the time (UTC).
        within: how long people may object.
        risk: what may go wrong.
        way_back: how it can be undone.
        instead_of: the number of the decision that it replaces.
    """
    if refused := closed(incident) or _unusable(text, risk, way_back, within):
        return refused
    if instead_of is not None and (refused := not_replaceable(incident, instead_of)):
        return refused
    if len(incident.decisions) >= DECISIONS_MAX:
        return Refused(
            f"{incident.reference} has {DECISIONS_MAX} decisions, and more are not kept: "
            "put it on the timeline instead: `/incident note …`."
        )
    decided = facts.Decided(
        at=now,
        by=by,
        number=len(incident.decisions) + 1,
        text=text.strip(),
        risk=risk.strip(),
        way_back=way_back.strip(),
        until=now + within,
        instead_of=instead_of,
    )
    return (decided,)


def object_to_decision(incident: Incident, number: int, reason: str, *, by: str, now: datetime) -> Decision:
    """Strongly object to a decision, with a reason, before it stands: it is open again."""
    if refused := closed(incident) or not_open_to_objections(incident, number, now):
        return refused
    if not reason.strip():
        return Refused("Say in a sentence what would go wrong.", field="reason")
    if refused := too_long(reason, "reason"):
        return refused
    return (facts.Objected(at=now, by=by, number=number, reason=reason.strip()),)


def not_open_to_objections(incident: Incident, number: int, now: datetime) -> Refused | None:
    """Why nobody can object to this decision now; None if anybody can."""
    found = find_decision(incident.decisions, number)
    if found is None:
        return _unknown(incident, number)
    name = decision_label(number)
    match found.state:
        case DecisionState.OBJECTED:
            return Refused(
                f"{name} is open again already: {mention(found.objected_by)} objected. "
                "Say in the war room what you would add."
            )
        case DecisionState.PENDING if now < found.until:
            return None
        case DecisionState.PENDING | DecisionState.STANDS:
            return Refused(f"The time for objections is over and {name} stands. {_ask_for_another(incident)}")
        case DecisionState.WITHDRAWN | DecisionState.REPLACED:
            return Refused(_is_over(found))
        case _:
            assert_never(found.state)


def not_replaceable(incident: Incident, number: int) -> Refused | None:
    """Why no other decision can replace this one; None if one can."""
    found = find_decision(incident.decisions, number)
    if found is None:
        return _unknown(incident, number)
    return Refused(_is_over(found)) if found.state.is_over else None


def withdraw_decision(incident: Incident, number: int, *, by: str, now: datetime) -> Decision:
    """Withdraw a decision that does not stand yet: by the commander, or by the person who recorded it."""
    if refused := closed(incident):
        return refused
    found = find_decision(incident.decisions, number)
    if found is None:
        return _unknown(incident, number)
    name = decision_label(number)
    if not found.state.is_undecided:
        stands = found.state is DecisionState.STANDS
        return Refused(f"{name} stands already. {_ask_for_another(incident)}" if stands else _is_over(found))
    if found.state is DecisionState.PENDING and now >= found.until:
        return Refused(f"{name} stands already. {_ask_for_another(incident)}")
    if incident.commander and by not in (incident.commander, found.by):
        who = dict.fromkeys((incident.commander, found.by))
        return Refused(f"Only {' or '.join(map(mention, who))} can withdraw {name}.")
    return (facts.DecisionWithdrawn(at=now, by=by, number=number),)


def let_decisions_stand(incident: Incident, now: datetime) -> Decision:
    """Let each decision stand whose time for objections is over. The clock asks; that the incident is closed changes nothing.

    They stand since the end of that time, however late the clock asks.
    """
    stand = tuple(
        facts.DecisionStands(at=each.until, by=CLOCK, number=each.number)
        for each in incident.decisions
        if each.state is DecisionState.PENDING and each.until <= now
    )
    return stand or Refused(f"No decision of {incident.reference} is due.")


def _unusable(text: str, risk: str, way_back: str, within: timedelta) -> Refused | None:
    if not text.strip():
        return Refused("Say in a sentence what is decided.", field="text")
    for name, each, most in (
        ("text", text, TEXT_MAX),
        ("risk", risk, RISK_MAX),
        ("way_back", way_back, RISK_MAX),
    ):
        if refused := too_long(each, name, most):
            return refused
    if (whole := sum(map(slack_length, (text, risk, way_back)))) > UPDATE_SLACK_LENGTH_MAX:
        return too_long_in_slack(whole, UPDATE_SLACK_LENGTH_MAX, "text")
    if not timedelta(0) < within <= OBJECTION_WINDOW_MAX:
        return Refused("The time for objections must be a day at most.", field="within")
    return None


def _unknown(incident: Incident, number: int) -> Refused:
    return Refused(
        f"There is no decision {decision_label(number)} in {incident.reference}: "
        "`/incident decisions` lists what there is."
    )


def _is_over(decision: RecordedDecision) -> str:
    name = decision_label(decision.number)
    if decision.replaced_by is not None:
        return f"{name} does not count any more: {decision_label(decision.replaced_by)} replaced it."
    return f"{name} was withdrawn already."


def _ask_for_another(incident: Incident) -> str:
    whom = mention(incident.commander) if incident.commander else "whoever takes command"
    return f"Ask {whom} for a new decision: `/incident decision …`."
