"""What an incident remembers so that it can tell what seems to have been forgotten."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.core.actor import is_person
from bot.incident.domain import facts
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.vocabulary import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Attention:
    """When what nudges are about has begun. All times are in UTC; None stands for the declaration or the reopening.

    Attributes:
        severity_assumed: whether nobody has chosen the severity: the form's first choice stands as it was.
        severity_since: since when it has this severity.
        status_since: since when it has this status.
        no_scribe_since: when a scribe's role last ended without a successor.
        acted_at: when a person last did something that is on the timeline.
        told_at: when a person last did something that tells others more than that somebody is there.
        declined: what people have said why not to, and what has not changed since.
    """

    severity_assumed: bool = False
    severity_since: datetime | None = None
    status_since: datetime | None = None
    no_scribe_since: datetime | None = None
    acted_at: datetime | None = None
    told_at: datetime | None = None
    declined: tuple[NudgeKind, ...] = ()


def attention_after(attention: Attention, fact: facts.Fact) -> Attention:
    """What is remembered after this fact."""
    if is_person(fact.by):
        attention = _after_sign_of_life(attention, fact)
    match fact:
        case facts.Declared():
            return replace(attention, severity_assumed=fact.severity_assumed)
        case facts.SeverityChanged():
            attention = _open_again(attention, frozenset({NudgeKind.SEVERITY, NudgeKind.SCRIBE}))
            return replace(attention, severity_assumed=False, severity_since=fact.at)
        case facts.SeverityConfirmed():
            return replace(attention, severity_assumed=False)
        case facts.UpdatePosted(unchanged=False):
            # Whoever writes an update says how it stands; to ask for the severity too would be noise.
            return replace(attention, severity_assumed=False)
        case facts.StatusChanged():
            return replace(attention, status_since=fact.at, declined=())
        case facts.RoleAssigned(role=Role.SCRIBE):
            return _open_again(attention, frozenset({NudgeKind.SCRIBE}))
        case facts.RolesEnded() if Role.SCRIBE in fact.roles:
            return replace(attention, no_scribe_since=fact.at)
        case facts.NudgeDeclined():
            return replace(attention, declined=tuple(sorted({*attention.declined, fact.nudge})))
        case _:
            return attention


def _after_sign_of_life(attention: Attention, fact: facts.Fact) -> Attention:
    """A note has the time of what was noted: what counts is when somebody noted it."""
    at = fact.noted_at or fact.at if isinstance(fact, facts.Noted) else fact.at
    told_at, opened = attention.told_at, frozenset({NudgeKind.FORGOTTEN})
    if _tells(fact):
        told_at, opened = max(at, told_at or at), opened | {NudgeKind.SILENCE}
    after = replace(attention, acted_at=max(at, attention.acted_at or at), told_at=told_at)
    return after if isinstance(fact, facts.NudgeDeclined) else _open_again(after, opened)


def _tells(fact: facts.Fact) -> bool:
    """Whether the timeline says more after it. With *No change* and *Snooze* alone, reminders are answered in silence."""
    match fact:
        case facts.Snoozed() | facts.UpdatePosted(unchanged=True):
            return False
        case _:
            return True


def _open_again(attention: Attention, kinds: frozenset[NudgeKind]) -> Attention:
    if kinds.isdisjoint(attention.declined):
        return attention
    return replace(attention, declined=tuple(each for each in attention.declined if each not in kinds))
