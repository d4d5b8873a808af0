"""A pack is made of what was read: what counts, what is apart, and what is said of load."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot import policy_file
from bot.followup.domain import rules
from bot.followup.domain.action_item import ACTION_ITEM, ActionItem
from bot.followup.domain.vocabulary import Decided
from bot.incident.domain.records import Past, Period, Record
from bot.incident.domain.vocabulary import Role, Severity, Status
from bot.incident.domain.work import Deed, Duty, Work
from bot.review.domain.board_span import of_week
from bot.review.domain.making import Sources, make_pack, window
from bot.review.domain.pack import Pack
from bot.review.domain.recurring import Marks
from bot.review.domain.weeks import week_of
from tests.followup.domain.items import item
from tests.incident.domain.situations import BOB
from tests.review.histories import records

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)
SPAN = of_week(week_of((NOW - timedelta(days=7)).date()), "Europe/Berlin").span
POLICY = policy_file.load()
IN_SPAN = SPAN.period.start + timedelta(days=1)

DUE = NOW.date() - timedelta(days=3)


def made(**found: object) -> Pack:
    return make_pack(SPAN, SPAN.words, Sources(**found), POLICY, NOW)  # type: ignore[arg-type]  # as the fields want


def record(number: int, **more: object) -> Record:
    base = records(1, now=NOW)[0]
    usual = {
        "number": number,
        "title": f"Incident {number}",
        "severity": Severity.SEV2,
        "status": Status.RESOLVED,
        "private": False,
        "without_room": False,
        "declared_at": IN_SPAN,
        "ended_at": IN_SPAN + timedelta(hours=1),
        "steps": (),
    }
    return replace(base, **usual | more)  # type: ignore[arg-type]  # as the fields want


def test_drills_near_misses_false_alarms_and_duplicates_are_apart() -> None:
    found = made(
        past=Past(
            [
                record(1, declared_at=SPAN.period.start - timedelta(weeks=2)),
                record(2),
                record(3, is_drill=True),
                record(4, title="Near miss: a wrong flag"),
                record(5, status=Status.CANCELLED),
                record(6, status=Status.DUPLICATE),
                record(7, status=Status.MITIGATING),
            ],
            unreadable=1,
        ),
        marks={1: Marks(services=("shop",)), 2: Marks(services=("shop",)), 3: Marks(services=("shop",))},
    )
    assert [(each.number, each.is_over, each.ended_at is None) for each in found.incidents] == [
        (2, True, False),
        (7, False, True),
    ]
    of = found.apart
    assert (of.drills, of.near_misses, of.cancelled, of.merged, of.unreadable) == (1, 1, 1, 1, 1)
    assert [(each.name, each.incidents) for each in found.recurring] == [("shop", (2, 1))]
    assert [number for number, _ in found.recent] == [7, 2, 1]
    assert not found.near_misses


def test_the_same_facts_have_the_same_digest_and_others_another() -> None:
    one, other = made(past=Past([record(2)])), made(past=Past([record(2, version=99)]))
    assert one == made(past=Past([record(2)]))
    assert one.version != other.version
    assert made(private=1).version != made().version


def of_board(number: int, board: str) -> ActionItem:
    return replace(item(number, due_on=DUE), board=board, decided=Decided.DECISION)


def done(before: ActionItem, at: datetime) -> ActionItem:
    decision = rules.finish(before, "seen", by=BOB, now=at)
    assert isinstance(decision, tuple)
    return ACTION_ITEM.apply(before, decision)[0]


def test_decisions_are_those_of_the_last_board_and_older_ones_that_are_open_or_have_ended_lately() -> None:
    long_ago = SPAN.period.start - timedelta(weeks=3)
    items = [
        of_board(1, "2026-W47"),
        done(of_board(2, "2026-W47"), long_ago),
        of_board(3, "2026-W40"),
        done(of_board(4, "2026-W40"), IN_SPAN),
        done(of_board(5, "2026-W40"), long_ago),
        done(item(6, due_on=DUE), IN_SPAN),
        item(7, due_on=DUE),
    ]
    found = made(items=items, last_board="2026-W47")
    assert [each.number for each in found.decided] == [3, 4, 1, 2]
    assert [each.number for each in found.done] == [4, 6]
    assert [each.number for each in found.overdue] == [1, 3, 7]


def test_load_is_one_number_without_names_and_only_if_the_policy_wants_it_and_enough_people_worked() -> None:
    people = ("UA", "UB", "UC")
    work = Work(
        [Deed(number, person, IN_SPAN) for number, person in enumerate(people)],
        [Duty(1, "UA", Role.COMMANDER)],
        {},
    )
    evenness = made(work=work).evenness
    assert evenness
    assert (evenness.people, evenness.nights) == (3, 0)
    assert evenness.commanded == pytest.approx(2 / 3)
    few = Work(work.deeds[:2], (), {})
    assert made(work=few).evenness is None
    off = make_pack(SPAN, "", Sources(work=work), replace(POLICY, load=False), NOW)
    assert off.evenness is None
    assert "UA" not in str(made(work=work))


def test_what_returns_is_counted_over_thirteen_weeks_or_over_a_longer_span() -> None:
    week, year = timedelta(weeks=1), timedelta(weeks=52)
    short, long = Period(NOW - week, NOW), Period(NOW - year, NOW)
    assert window(short) == Period(NOW - 13 * week, NOW)
    assert window(long) == long
    assert made().weeks == 13
