"""The rules of rehearsals: a drill tries out an action item of the kind `detect` that is done."""

from datetime import datetime

from bot.core.decision import Refused
from bot.followup.domain import facts
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.rules import OUTCOME_MAX, Decision
from bot.followup.domain.vocabulary import Kind, State
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import reference


def can_be_rehearsed(item: ActionItem) -> bool:
    """Whether there is something to try out: what was built to notice something sooner."""
    return item.kind is Kind.DETECT and item.state is State.DONE


def not_rehearsable(item: ActionItem) -> Refused | None:
    """The refusal of an item that cannot be tried out; None if it can."""
    if can_be_rehearsed(item):
        return None
    return Refused(f"{item.reference} cannot be rehearsed: only what is done, and of the kind `detect`, can.")


def noticed(item: ActionItem, drill: Incident, at: datetime, how: str, *, by: str, now: datetime) -> Decision:
    """The drill was noticed, at this time (UTC), by something or somebody."""
    said = " ".join(how.split())
    if refused := already_recorded(item, drill):
        return refused
    if not said:
        return Refused("Say what or who noticed it.", field="how")
    if len(said) > OUTCOME_MAX:
        return Refused(f"That has {len(said)} characters; at most {OUTCOME_MAX} fit.", field="how")
    if not drill.declared_at <= at.replace(second=59, microsecond=999999):  # the form knows whole minutes
        return Refused("That is before the drill began: choose a later time.", field="at")
    if at > now:
        return Refused("That is still to come: choose the time at which it was noticed.", field="at")
    moment = max(at, drill.declared_at)
    return (_rehearsed(drill, by, now, moment, said),)


def missed(item: ActionItem, drill: Incident, *, by: str, now: datetime) -> Decision:
    """Nobody and nothing noticed the drill, so the item is not done."""
    if refused := already_recorded(item, drill):
        return refused
    rehearsed = _rehearsed(drill, by, now, None, "")
    return (rehearsed,) if item.is_open else (rehearsed, facts.ActionItemReopened(at=now, by=by))


def _rehearsed(
    drill: Incident, by: str, now: datetime, noticed_at: datetime | None, how: str
) -> facts.ActionItemRehearsed:
    return facts.ActionItemRehearsed(
        at=now, by=by, drill=drill.number, began_at=drill.declared_at, noticed_at=noticed_at, how=how
    )


def already_recorded(item: ActionItem, drill: Incident) -> Refused | None:
    """The refusal of a second outcome of one drill; None if there is none yet."""
    if any(each.drill == drill.number for each in item.rehearsals):
        return Refused(f"What came of {reference(drill.number)} is recorded in {item.reference} already.")
    return None
