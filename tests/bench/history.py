"""The long history of one incident, with facts of every kind."""

import itertools
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.incident.domain import facts
from bot.incident.domain.vocabulary import Milestone, Role, Severity, Status, mention

STEP = timedelta(seconds=7)
_LINK = "https://example.slack.com/archives/C1/p1700000000000100"


def history(severity: Severity, length: int, *, end: datetime, people: tuple[str, ...]) -> list[facts.Fact]:
    """This many facts. The last is an update at `end`, from which the promise of the next one counts.

    Args:
        severity: the severity at the declaration and at the end.
        length: how many facts: one, which leaves it without a commander, or at least three.
        end: when the last fact happened (UTC).
        people: who takes part, at least one; the first one declares and commands.
    """
    times = [end - STEP * back for back in range(length - 1, -1, -1)]
    commander = people[0]
    happened: list[facts.Fact] = [
        facts.Declared(at=times[0], by=commander, number=1, title="Checkout is failing", severity=severity)
    ]
    if length > 1:
        happened.append(facts.RoleAssigned(at=times[1], by=commander, role=Role.COMMANDER, person=commander))
        happened += _middle(severity, people, times)
        happened.append(
            facts.UpdatePosted(at=end, by=commander, conditions="Half of it works.", actions="Rolling back.")
        )
    return happened


def _middle(severity: Severity, people: tuple[str, ...], times: list[datetime]) -> Iterator[facts.Fact]:
    """Facts of every kind in turn. A whole turn leaves severity and status unchanged; no turn is left incomplete."""
    other = Severity.SEV3 if severity is Severity.SEV2 else Severity.SEV2
    person = itertools.cycle(people)
    middle = times[2:-1]
    for turn, at in enumerate(middle):
        by = next(person)
        note = f"Note {turn}: errors_per_s *rose* to {turn % 97} % in `cart`, {mention(by)} looks; see <{_LINK}|graph>"
        kinds: list[facts.Fact] = [
            facts.Noted(at=at, by=by, text=note, author=by),
            facts.Noted(
                at=at, by=by, text="5xx & time-outs <again>\nin #1", author=by, link=_LINK, from_message=True
            ),
            facts.UpdatePosted(
                at=at, by=by, conditions=f"{turn} carts fail", actions="Rolling back", needs="a DBA"
            ),
            facts.StatusChanged(at=at, by=by, old=Status.TRIAGE, new=Status.MITIGATING),
            facts.Noted(at=at, by=by, text=note, author=by, link=_LINK),
            facts.HandoffOffered(at=at, by=by, to=by),
            facts.HandoffDeclined(at=at, by=by, to=by),
            facts.StatusChanged(
                at=at, by=by, old=Status.MITIGATING, new=Status.TRIAGE, reason="It is *not* over"
            ),
            facts.SeverityChanged(at=at, by=by, old=severity, new=other, reason="fewer are hit"),
            facts.SeverityChanged(at=at, by=by, old=other, new=severity),
            facts.Snoozed(at=at, by=by, until=at + STEP),
            facts.RoleAssigned(at=at, by=by, role=Role.SCRIBE, person=by),
            facts.MilestoneSet(at=at, by=by, milestone=Milestone.DETECTED, when=times[0]),
        ]
        whole = len(middle) // len(kinds) * len(kinds)
        yield kinds[turn % len(kinds)] if turn < whole else kinds[0]
