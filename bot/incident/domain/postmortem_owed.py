"""Whether an act has made a postmortem owed."""

from collections.abc import Sequence

from bot.incident.domain import facts
from bot.incident.domain.incident import Incident, evolve
from bot.incident.domain.kinds import Kind
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules.upkeep import KEEPER


def owed_by_policy(
    incident: Incident | None, decided: Sequence[facts.Fact], policy: Policy
) -> tuple[facts.PostmortemOwed, ...]:
    """That a postmortem is owed, and by when, if these facts end an incident after which the policy asks for one.

    It is owed, too, of one that is over and turns out to have been real, and no drill. The day stays as it is if the policy changes later.

    Args:
        incident: the state before the facts; None before the declaration.
        decided: the facts of one act.
        policy: after which severities, and how many working days after the end.
    """
    if not any(_ends(fact) or _was_real(fact) for fact in decided):
        return ()
    after = incident
    for fact in decided:
        after = evolve(after, fact)
    owed = policy.postmortem
    if after is None or not after.is_closed or after.status.is_set_aside:
        return ()
    if not is_asked_for(after, policy):
        return ()
    last = decided[-1]
    return (facts.PostmortemOwed(at=last.at, by=KEEPER, due_at=owed.due_at(last.at, policy.time_zone)),)


def is_asked_for(incident: Incident, policy: Policy) -> bool:
    """Whether the policy asks for a postmortem after an incident like this one; by default none is owed after a drill."""
    return incident.worst in policy.postmortem.severities and (
        policy.drills.postmortem or not incident.is_drill
    )


def _was_real(fact: facts.Fact) -> bool:
    return isinstance(fact, facts.KindChanged) and fact.new is Kind.INCIDENT


def _ends(fact: facts.Fact) -> bool:
    if not isinstance(fact, facts.StatusChanged):
        return False
    return fact.new.is_closed and not fact.old.is_closed and not fact.new.is_set_aside
