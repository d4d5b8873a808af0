"""What is wrong with the delivery, for people who can mend it: `warroom doctor`, and the Home tab of administrators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.text import span
from bot.engine.delivery.registry import UNKNOWN
from bot.engine.store import failures, outbox
from bot.engine.store.database import Session
from bot.engine.store.failures import Refusal
from bot.engine.subject import SubjectKind
from bot.ports.port import Port
from bot.ports.slack.port import SLACK

STUCK_AFTER = timedelta(minutes=5)
STUCK = "That is too long: is `warroom run` up, and can it reach Slack? Its log says why."
RETRY = (
    "Fix the cause, then run `warroom outbox retry`; drop what you no longer need with "
    "`warroom outbox drop NUMBER`."
)
ROWS_MAX = 200  # of what was refused, so that the Home tab is quick however much there is

Subjects = Mapping[str, SubjectKind]


@dataclass(frozen=True, slots=True)
class Finding:
    """One check.

    Attributes:
        remedy: what to do; empty if all is well.
    """

    what: str
    remedy: str = ""


async def of_delivery(session: Session, subjects: Subjects, team: str, now: datetime) -> list[Finding]:
    """What keeps messages of a workspace from being shown; empty if nothing does.

    It names no private incident: whoever reads it may not be a member of its war room.

    Args:
        session: where it is read.
        subjects: what may be refused, by name.
        team: the workspace.
        now: the time (UTC).
    """
    found = []
    count, oldest = await outbox.backlog(session, team)
    if is_stuck(oldest, now) and oldest:
        found.append(Finding(f"{count} waiting in the outbox, the oldest for {span(now - oldest)}.", STUCK))
    refused = await failures.refused(session, team, limit=ROWS_MAX)
    found += [
        Finding(words(each, subjects, named=not each.private), remedy(each, subjects)) for each in refused
    ]
    return found


def is_stuck(oldest: datetime | None, now: datetime) -> bool:
    """Whether what has waited since this time (UTC) has waited too long."""
    return oldest is not None and now - oldest > STUCK_AFTER


def words(refusal: Refusal, subjects: Subjects, *, named: bool = True) -> str:
    """What was refused for good. It has no title, because the incident may be private; `named` gives its reference."""
    subject = subjects.get(refusal.subject)
    handler = subject.registry.by_kind(refusal.kind) if subject else None
    what = handler.what if handler else UNKNOWN
    which = (
        subject.streams.decider.reference(refusal.number)
        if subject
        else f"{refusal.subject} {refusal.number}"
    )
    return f"{which if named else f'A private {refusal.subject}'}: I could not {what}: {refusal.reason}."


def refusers(refusals: Sequence[Refusal], subjects: Subjects) -> str:
    """Who refused these, by name: `Slack`, or `Slack and the issue tracker`."""
    return " and ".join(sorted({_port(each, subjects).name for each in refusals}))


def remedy(refusal: Refusal, subjects: Subjects) -> str:
    """What helps against the cause; empty if that is not known."""
    return _port(refusal, subjects).remedies.get(refusal.reason, "")


def _port(refusal: Refusal, subjects: Subjects) -> Port:
    """The outside world that refused it."""
    subject = subjects.get(refusal.subject)
    handler = subject.registry.by_kind(refusal.kind) if subject else None
    return handler.port if handler else SLACK
