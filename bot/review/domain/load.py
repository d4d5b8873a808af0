"""The load on people: who commanded, who worked at night or without rest, and how unevenly it is spread.

It is there to share work fairly and to let people rest, never to judge them. So it has no durations: how long an incident
took says nothing about a person.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import pairwise
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.incident.domain.vocabulary import Role
from bot.incident.domain.work import Deed, Work
from bot.review.domain.shares import gini

NIGHT = time(22), time(7)  # local time
REST = timedelta(
    hours=11
)  # Directive 2003/88/EC, article 3: consecutive hours of rest in each period of 24 hours
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PersonLoad:
    """What one person did in a span.

    Attributes:
        incidents: in how many incidents they did something.
        commanded: how many they commanded.
        roles: in how many they had a role.
        nights: in how many nights they did something, in their own time zone.
        nights_in_a_row: the longest run of these.
        short_rests: how often they did something in another incident less than 11 hours after they had last done
            something in one.
        last_at: when they last did something (UTC); None if they never did.
    """

    person: str
    incidents: int = 0
    commanded: int = 0
    roles: int = 0
    nights: int = 0
    nights_in_a_row: int = 0
    short_rests: int = 0
    last_at: datetime | None = None

    def is_rested(self, now: datetime) -> bool:
        """Whether they have had eleven hours of rest."""
        return self.last_at is None or now - self.last_at >= REST


@dataclass(frozen=True, slots=True)
class Load:
    """The load on everybody who did something or had a role in a span.

    Attributes:
        people: whoever commanded most first.
        gini_commanded: how unevenly command is spread among them: 0 evenly, 1 all on one; None if nobody commanded.
        gini_nights: the same for nights.
    """

    people: Sequence[PersonLoad]
    gini_commanded: float | None
    gini_nights: float | None

    def of(self, person: str) -> PersonLoad:
        """What this person did."""
        return next((each for each in self.people if each.person == person), PersonLoad(person))


def load(work: Work, zone: str = "") -> Load:
    """The load of what was done.

    Args:
        work: what was done.
        zone: the time zone of those whose own is not known; empty for UTC.
    """
    deeds: dict[str, list[Deed]] = defaultdict(list)
    commanded: dict[str, set[int]] = defaultdict(set)
    roles: dict[str, set[int]] = defaultdict(set)
    for deed in work.deeds:
        deeds[deed.person].append(deed)
    for duty in work.duties:
        roles[duty.person].add(duty.number)
        if duty.role == Role.COMMANDER:
            commanded[duty.person].add(duty.number)
    people = [
        _person(
            person,
            deeds[person],
            len(commanded[person]),
            len(roles[person]),
            _zone(work.zones.get(person, ""), zone),
        )
        for person in sorted({*deeds, *roles})
    ]
    people.sort(key=lambda each: (-each.commanded, -each.nights, -each.incidents, each.person))
    return Load(people, gini([each.commanded for each in people]), gini([each.nights for each in people]))


def _person(person: str, deeds: Sequence[Deed], commanded: int, roles: int, zone: tzinfo) -> PersonLoad:
    nights = sorted(set(_nights(deeds, zone)))
    short = sum(
        earlier.number != later.number and later.at - earlier.at < REST for earlier, later in pairwise(deeds)
    )
    return PersonLoad(
        person,
        incidents=len({each.number for each in deeds}),
        commanded=commanded,
        roles=roles,
        nights=len(nights),
        nights_in_a_row=_longest_run(nights),
        short_rests=short,
        last_at=deeds[-1].at if deeds else None,
    )


def _nights(deeds: Sequence[Deed], zone: tzinfo) -> Iterator[date]:
    """The nights in which something was done, each by the day on which it began."""
    for each in deeds:
        local = each.at.astimezone(zone)
        if local.time() >= NIGHT[0]:
            yield local.date()
        elif local.time() < NIGHT[1]:
            yield local.date() - _DAY


def _longest_run(nights: Sequence[date]) -> int:
    longest = run = min(len(nights), 1)
    for earlier, later in pairwise(nights):
        run = run + 1 if later - earlier == _DAY else 1
        longest = max(longest, run)
    return longest


def _zone(own: str, otherwise: str) -> tzinfo:
    """A person's time zone, as far as this machine knows it."""
    for name in (own, otherwise):
        try:
            if name:
                return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return UTC
