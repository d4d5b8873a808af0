"""A board: its facts, and what returns."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.core.decider import Entry
from bot.incident.domain.vocabulary import Severity, Status
from bot.review.domain import board
from bot.review.domain.board import BOARD, PackMade, PackPosted, PageWanted, PostPack, SendBoardPage
from bot.review.domain.pack import Apart, PackIncident, RecurringKind
from bot.review.domain.recurring import SHOWN_MAX, Marks, recurring
from tests.review.packs import EMPTY, FULL

NOW = datetime(2026, 11, 30, 8, tzinfo=UTC)


def test_a_pack_is_kept_as_it_was_made_and_remembers_where_it_was_posted() -> None:
    begun = board.make(1, FULL, channel="C1", by="UANNA", now=NOW)
    state, entries = BOARD.apply(None, begun)
    state, more = BOARD.apply(state, board.again(state, channel="C1", by="UBEN", now=NOW))
    state, last = BOARD.apply(state, board.again(state, by="UBEN", now=NOW))
    assert (state.pack, state.posted, state.version) == (FULL, ("C1",), 4)
    assert board.react([*entries, *more, *last], state) == [
        PostPack("C1", "UANNA"),
        PostPack("C1", "UBEN"),
        SendBoardPage("UBEN"),
    ]
    assert BOARD.fold(entry.fact for entry in (*entries, *more, *last)) == state
    assert BOARD.reference(3) == "BOARD-3"
    assert BOARD.list_columns(state).closed


def test_a_page_that_somebody_wants_makes_no_post() -> None:
    made, wanted = board.make(1, EMPTY, by="UANNA", now=NOW)
    assert (type(made), type(wanted)) == (PackMade, PageWanted)
    assert board.react([Entry(1, made), Entry(2, wanted)], BOARD.fold([made, wanted])) == [
        SendBoardPage("UANNA")
    ]


def test_a_broken_history_is_refused() -> None:
    posted = PackPosted(at=NOW, by="UANNA", channel="C1")
    made = PackMade(at=NOW, by="UANNA", number=1, pack=EMPTY)
    for history in ([], [posted], [made, made]):
        with pytest.raises(ValueError, match="history"):
            BOARD.fold(history)


def test_what_returns_was_in_the_span_and_in_another_incident() -> None:
    marks = {
        1: Marks(services=("shop", "mail"), factors="- Deploys go to all regions at once\n- Only this one"),
        2: Marks(services=("shop",)),
        3: Marks(
            services=("shop", "shop"), factors="1. The deploy went to all regions\n\n   \n* Nobody knew"
        ),
        4: Marks(services=("dns",), factors="Deploying to all regions at once\nDeploying regions again"),
    }
    found = recurring(marks, [3, 4], {"shop": "Shop"})
    assert [(each.kind, each.name, each.in_span, each.incidents) for each in found] == [
        (RecurringKind.FACTOR, "Deploying to all regions at once", 2, (4, 3, 1)),
        (RecurringKind.SERVICE, "Shop", 1, (3, 2, 1)),
    ]
    assert recurring(marks, [], {}) == []
    many = {number: Marks(services=tuple(f"s{each}" for each in range(20))) for number in (1, 2)}
    assert len(recurring(many, [2], {})) == SHOWN_MAX


def test_a_pack_knows_whether_there_is_anything_to_look_at() -> None:
    assert EMPTY.is_quiet
    assert EMPTY.is_first_and_empty
    assert not FULL.is_quiet
    for change in ({"private": 1}, {"apart": Apart(drills=1)}, {"owed": FULL.owed}):
        assert not type(EMPTY)(**{name: getattr(EMPTY, name) for name in EMPTY.__slots__} | change).is_quiet


def test_the_topics_of_a_decision_are_the_incidents_of_the_span_first_and_each_once() -> None:
    assert list(FULL.topics)[:2] == [3, 2]
    assert FULL.topics[1] == "Before"
    one = PackIncident(
        number=9,
        title="Nine",
        severity=Severity.SEV1,
        status=Status.RESOLVED,
        declared_at=NOW - timedelta(hours=1),
        ended_at=NOW,
    )
    assert one.is_over
