"""Near misses as others read them, such as the review board: plain records, and which of them recur.

The queries are in `bot.followup.store.near_misses`: `reported_between` and `unanswered` return these records.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.followup.domain.near_miss import NearMiss, reference
from bot.incident.domain.vocabulary import reference as incident_reference


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMissRecord:
    """One near miss that counts. Everybody in the workspace but guests may read it. All times are in UTC.

    Attributes:
        reference: its name for people: `NM-7`.
        words: what happened, as it was reported: untrusted text.
        caught_by: what caught it, likewise; empty if nobody said.
        reported_by: the id of the reporter; empty if they did not give their name.
        due_at: by when it is to be answered; None if that is not known.
        answer: what is done about it, untrusted text; empty if nobody has answered.
        answered_at: when it was answered first; None if nobody has.
        waits: whether it still waits for an answer: it has none, and became no incident.
        late: whether it waits after its day, or was answered or became an incident after it.
        promoted_to: the name of the incident that it became, such as `INC-5`; empty if it became none.
        similar: the names of earlier ones with similar words, the most similar first.
    """

    reference: str
    number: int
    reported_at: datetime
    words: str
    caught_by: str
    reported_by: str
    due_at: datetime | None
    answer: str
    answered_at: datetime | None
    waits: bool
    late: bool
    promoted_to: str
    similar: tuple[str, ...]


def record_of(item: NearMiss, now: datetime) -> NearMissRecord:
    """The record of a near miss at this time (UTC)."""
    return NearMissRecord(
        reference=item.reference,
        number=item.number,
        reported_at=item.reported_at,
        words=item.title,
        caught_by=item.summary,
        reported_by=item.reported_by,
        due_at=item.due_at,
        answer=item.answer,
        answered_at=item.first_answered_at,
        waits=item.waits,
        late=item.is_late(now),
        promoted_to="" if item.promoted_to is None else incident_reference(item.promoted_to),
        similar=tuple(reference(each) for each in item.similar),
    )


def recurring(records: Iterable[NearMissRecord]) -> Sequence[tuple[str, ...]]:
    """The groups of near misses that have similar words, each with its references, the earliest first.

    A group may name earlier ones that are not among the records. The largest groups come first.
    """
    groups: list[set[str]] = []
    for record in records:
        linked = {record.reference, *record.similar}
        joined = [each for each in groups if each & linked]
        groups = [each for each in groups if not each & linked]
        groups.append(linked.union(*joined))
    found = [tuple(sorted(each, key=_number)) for each in groups if len(each) > 1]
    return sorted(found, key=lambda each: (-len(each), _number(each[0])))


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])
