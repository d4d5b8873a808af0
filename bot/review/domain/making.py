"""Makes a pack of what was read: a pure function, so that the same facts make the same pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from hashlib import sha256
from math import ceil

from bot.core.local_time import zone_of
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.vocabulary import State
from bot.incident.domain.policy import Policy
from bot.incident.domain.promise_tally import Tally, tally
from bot.incident.domain.records import Past, Period, Record
from bot.incident.domain.vocabulary import Status
from bot.incident.domain.work import NO_WORK, Work
from bot.review.domain.kinds import Kind, kind_of
from bot.review.domain.load import load
from bot.review.domain.pack import (
    Apart,
    Evenness,
    OwedPostmortem,
    Pack,
    PackIncident,
    PackItem,
    PackNearMiss,
    Promises,
)
from bot.review.domain.recurring import Marks, recurring
from bot.review.domain.spans import Span

WEEKS = 13  # over which that which returns is counted, if the span is not longer
PEOPLE_MIN = 3  # fewer people could tell each one's share from the evenness
RECENT_MAX = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What was read for a pack, without anything private but numbers.

    Attributes:
        past: the incidents of the weeks until the end of the span.
        marks: by what these can be found again, by their numbers.
        private: how many private ones were declared in the span.
        owed: the postmortems that are owed.
        items: the action items that are open, that have ended in the span, or that a board has decided.
        private_items: how many that are overdue, or were completed in the span, are of private incidents.
        near_misses: those that were reported in the span, and older ones that wait for an answer.
        work: what people did in the span; nothing if the policy wants no figures of it.
        last_board: what the span of the board before is called; empty if there was none.
    """

    past: Past = field(default_factory=Past)
    marks: Mapping[int, Marks] = field(default_factory=dict)
    private: int = 0
    owed: Sequence[OwedPostmortem] = ()
    items: Sequence[ActionItem] = ()
    private_items: int = 0
    near_misses: Sequence[PackNearMiss] = ()
    work: Work = NO_WORK
    last_board: str = ""


def window(period: Period) -> Period:
    """The weeks over which that which returns is counted: thirteen until the end of the span, or the span."""
    return Period(min(period.start, period.end - timedelta(weeks=WEEKS)), period.end)


def make_pack(span: Span, week: str, found: Sources, policy: Policy, now: datetime) -> Pack:
    """The pack of a span.

    Args:
        span: what is looked at.
        week: its name if it is a whole week that is over; otherwise empty.
        found: what was read.
        policy: its promises, services, and whether it wants figures of load.
        now: the present (UTC).
    """
    period = span.period
    read = [each for each in found.past.records if each.declared_at in period]
    kept = [each for each in read if not each.status.is_set_aside]
    counted = [each for each in kept if kind_of(each) is Kind.INCIDENT]
    live = [each for each in counted if not each.without_room]
    promises = sum((tally(each.steps, policy, now) for each in live), Tally())
    today = now.astimezone(zone_of(span.zone or "UTC")).date()
    weeks = [each for each in found.past.records if _counts(each)]
    titles = {each.key: each.title for each in policy.services.all}
    marks = {each.number: found.marks[each.number] for each in weeks if each.number in found.marks}
    in_window = window(period)
    return Pack(
        words=span.words,
        week=week,
        start=period.start,
        end=period.end,
        zone=span.zone,
        made_at=now,
        today=today,
        version=_version(found),
        weeks=ceil((in_window.end - in_window.start) / timedelta(weeks=1)),
        incidents=tuple(_incident(each) for each in counted),
        private=found.private,
        apart=_apart(read, kept, found.past.unreadable),
        owed=tuple(sorted(found.owed, key=lambda each: (each.due_at, each.number))),
        recurring=tuple(recurring(marks, [each.number for each in counted], titles)),
        overdue=_overdue(found.items, today),
        done=_done(found.items, period),
        private_items=found.private_items,
        promises=Promises(kept=promises.kept, late=promises.late, missed=promises.missed),
        near_misses=tuple(found.near_misses),
        evenness=_evenness(found.work, policy),
        last_board=found.last_board,
        decided=_decided(found.items, found.last_board, period),
        recent=tuple((each.number, each.title) for each in reversed(weeks))[:RECENT_MAX],
    )


def _counts(record: Record) -> bool:
    return not record.status.is_set_aside and kind_of(record) is Kind.INCIDENT


def _incident(record: Record) -> PackIncident:
    return PackIncident(
        number=record.number,
        title=record.title,
        severity=record.severity,
        status=record.status,
        declared_at=record.declared_at,
        ended_at=record.ended_at if record.status.is_closed else None,
    )


def _apart(read: Sequence[Record], kept: Sequence[Record], unreadable: int) -> Apart:
    kinds = [kind_of(each) for each in kept]
    return Apart(
        drills=kinds.count(Kind.DRILL),
        near_misses=kinds.count(Kind.NEAR_MISS),
        cancelled=sum(each.status is Status.CANCELLED for each in read),
        merged=sum(each.status is Status.DUPLICATE for each in read),
        unreadable=unreadable,
    )


def _overdue(items: Sequence[ActionItem], today: date) -> tuple[PackItem, ...]:
    found = [each for each in items if each.is_overdue(today)]
    return tuple(_item(each) for each in sorted(found, key=lambda each: (each.due_on, each.number)))


def _done(items: Sequence[ActionItem], period: Period) -> tuple[PackItem, ...]:
    found = [each for each in items if each.state is State.DONE and each.ended_at and each.ended_at in period]
    return tuple(_item(each) for each in sorted(found, key=lambda each: each.number))


def _decided(items: Sequence[ActionItem], last_board: str, period: Period) -> tuple[PackItem, ...]:
    """Those of the last board, and those of earlier ones that are open or have ended since the span began."""
    found = [
        each
        for each in items
        if each.board
        and (
            each.board == last_board
            or each.is_open
            or (each.ended_at is not None and each.ended_at >= period.start)
        )
    ]
    return tuple(_item(each) for each in sorted(found, key=lambda each: (each.board, each.number)))


def _item(item: ActionItem) -> PackItem:
    asked = item.verification
    return PackItem(
        number=item.number,
        title=item.title,
        incident=item.incident,
        owner=item.owner,
        due_on=item.due_on,
        state=item.state,
        outcome=item.outcome,
        ended_at=item.ended_at,
        moved=len(item.moves),
        board=item.board,
        decided=item.decided,
        asked=asked.person if asked else "",
        is_verified=asked.is_verified if asked else None,
        note=asked.note if asked else "",
    )


def _evenness(work: Work, policy: Policy) -> Evenness | None:
    if not policy.load:
        return None
    found = load(work, policy.time_zone)
    if len(found.people) < PEOPLE_MIN:
        return None
    return Evenness(people=len(found.people), commanded=found.gini_commanded, nights=found.gini_nights)


def _version(found: Sources) -> str:
    """A digest of what was read, by the versions of its facts."""
    incidents = [f"{each.number}:{each.version}" for each in found.past.records]
    items = [f"A{each.number}:{each.version}" for each in found.items]
    owed = [f"P{each.number}:{each.stage}:{each.writer}" for each in found.owed]
    near = [f"{each.reference}:{each.waits}" for each in found.near_misses]
    named = ",".join([*incidents, *items, *owed, *near, f"{found.private}"])
    return sha256(named.encode()).hexdigest()[:12]
