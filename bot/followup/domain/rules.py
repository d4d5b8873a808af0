"""The rules of action items. Each returns facts, or one sentence that says why not."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.core.decision import Refused
from bot.followup.domain import facts
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.vocabulary import Decided, Kind, Priority, State
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Status, mention, reference

TITLE_MAX = 300  # characters: an action item is a sentence
OUTCOME_MAX = 500
LATEST = timedelta(days=2 * 366)
MOVES_WITHOUT_REASON = 2
EXAMPLE = "`/incident action @person by friday add an alert on replica lag`"

Decision = Sequence[facts.Fact] | Refused


def set_aside(incident: Incident) -> Refused | None:
    """The refusal for an incident that was none of its own; None if it can have action items."""
    if incident.status is Status.CANCELLED:
        return Refused(
            f"{incident.reference} was cancelled as a false alarm, so it has no action items. If something is to be done "
            "nevertheless, `/incident reopen` it first."
        )
    if incident.status is Status.DUPLICATE and incident.duplicate_of is not None:
        other = reference(incident.duplicate_of)
        return Refused(
            f"{incident.reference} is a duplicate of {other}: its action items belong there. "
            f"Write `/incident action {other} …`."
        )
    return None


def add(
    number: int,
    incident: Incident,
    title: str,
    *,
    owner: str,
    due_on: date,
    today: date,
    by: str,
    now: datetime,
    kind: Kind = Kind.PREVENT,
    priority: Priority = Priority.MEDIUM,
    link: str = "",
    board: str = "",
    decided: Decided | None = None,
) -> Decision:
    """Add an action item to an incident, open or closed. `today` is the day of the person who adds it."""
    title = " ".join(title.split())
    if refused := set_aside(incident) or unfit_title(title) or unfit_day(due_on, today):
        return refused
    added = facts.ActionItemAdded(
        at=now,
        by=by,
        number=number,
        title=title,
        owner=owner,
        due_on=due_on,
        kind=kind,
        priority=priority,
        link=link,
        incident=incident.number,
        incident_title=incident.title,
        private=incident.private,
        board=board,
        decided=decided,
    )
    return (added,)


def finish(item: ActionItem, proof: str, *, by: str, now: datetime) -> Decision:
    """It is done. Somebody else can see that by a link or a sentence."""
    return (
        ended(item)
        or _unfit_outcome(proof, "proof", "Say how one sees that it is done: a link, or a sentence.")
        or (facts.ActionItemDone(at=now, by=by, proof=_tidy(proof)),)
    )


def drop(item: ActionItem, reason: str, *, by: str, now: datetime) -> Decision:
    """It will not be done, for a reason that others can read."""
    return (
        ended(item)
        or _unfit_outcome(reason, "reason", "Say why it will not be done: others count on it.")
        or (facts.ActionItemDropped(at=now, by=by, reason=_tidy(reason)),)
    )


def move(item: ActionItem, due_on: date, reason: str, *, today: date, by: str, now: datetime) -> Decision:
    """Another day. Whoever moves it for the third time says why."""
    if refused := ended(item) or unfit_day(due_on, today):
        return refused
    if due_on == item.due_on:
        return Refused(f"{item.reference} is due on that day already.", field="due")
    if needs_reason(item) and not reason.strip():
        return Refused(
            f"{item.reference} was moved {len(item.moves)} times already. Say why it is moved again.",
            field="reason",
        )
    if reason.strip() and (refused := _unfit_outcome(reason, "reason", "")):
        return refused
    return (facts.ActionItemMoved(at=now, by=by, due_on=due_on, previous=item.due_on, reason=_tidy(reason)),)


def needs_reason(item: ActionItem) -> bool:
    """Whether the next move of its day needs a reason."""
    return len(item.moves) >= MOVES_WITHOUT_REASON


def assign(item: ActionItem, owner: str, *, by: str, now: datetime) -> Decision:
    """Give it to another person."""
    if refused := ended(item):
        return refused
    if owner == item.owner:
        return Refused(f"{mention(owner)} already has {item.reference}.", field="person")
    return (facts.ActionItemAssigned(at=now, by=by, owner=owner, previous=item.owner),)


def reopen(item: ActionItem, *, by: str, now: datetime) -> Decision:
    """It is to be done after all."""
    if item.is_open:
        return Refused(f"{item.reference} is open already.")
    return (facts.ActionItemReopened(at=now, by=by),)


def unfit_title(title: str) -> Refused | None:
    """The refusal of a text that says nothing, or too much; None if it fits."""
    if not any(letter.isprintable() and not letter.isspace() for letter in title):
        return Refused(f"Say what is to be done: {EXAMPLE}.", field="text")
    if len(title) > TITLE_MAX:
        return Refused(
            f"That has {len(title)} characters; an action item has at most {TITLE_MAX}. Link the rest.",
            field="text",
        )
    return None


def unfit_day(due_on: date, today: date) -> Refused | None:
    """The refusal of a day that is over, or too far away; None if it fits."""
    if due_on < today:
        return Refused(f"{due_on.isoformat()} is over: choose a day that is still to come.", field="due")
    if due_on - today > LATEST:
        return Refused(f"{due_on.isoformat()} is more than two years away: choose a nearer day.", field="due")
    return None


def ended(item: ActionItem) -> Refused | None:
    """The refusal of what only an open one allows; None if it is open."""
    if item.is_open:
        return None
    how = "done" if item.state is State.DONE else "marked as not to be done"
    return Refused(f"{item.reference} is already {how}, by {mention(item.ended_by)}.")


def _unfit_outcome(text: str, field: str, ask: str) -> Refused | None:
    if not text.strip():
        return Refused(ask, field=field)
    if len(text.strip()) > OUTCOME_MAX:
        return Refused(
            f"That has {len(text.strip())} characters; at most {OUTCOME_MAX} fit. Link the rest.", field=field
        )
    return None


def _tidy(text: str) -> str:
    return " ".join(text.split())
