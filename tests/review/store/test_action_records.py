"""Records of action items as they are read from the database are those of their facts; and the metric by owners' days."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import pytest
from sqlmodel import col, select

from bot.core.decider import Entry
from bot.engine.acts.history import Change
from bot.engine.store import people
from bot.engine.store.tables import ActionItemRow, PersonRow, StreamRow
from bot.followup.domain import facts
from bot.followup.domain.action_item import fold
from bot.followup.store import items
from bot.followup.store.items import ITEMS
from bot.followup.store.records import action_records
from bot.incident.domain.incident import fold as fold_incident
from bot.incident.store import records
from bot.incident.store.incidents import INCIDENTS
from tests.engine.world import TEAM, World
from tests.followup.domain.items import added
from tests.review import action_histories
from tests.review.histories import NOW, entries, histories, record

SEED = 3  # some of these incidents are private


async def store(world: World, *every: Sequence[facts.Fact]) -> None:
    """Store action items as the bot stores them."""
    async with world.database.writing() as session:
        for history in every:
            timeline = [Entry(seq, fact) for seq, fact in enumerate(history, start=1)]
            stored = await ITEMS.add(session, TEAM, fold(history), timeline, now=NOW, next_look_at=None)
            await items.project(session, Change(None, stored, timeline, (), NOW))


@pytest.fixture
async def filled(world: World) -> World:
    """Generated incidents with their action items, whose owners are in five zones."""
    async with world.database.writing() as session:
        for history in histories(40, SEED):
            await INCIDENTS.add(
                session, TEAM, fold_incident(history), entries(history), now=NOW, next_look_at=None
            )
        owners = [
            PersonRow(team_id=TEAM, user_id=f"UZ{at}", name="Somebody", zone=zone, seen_at=NOW)
            for at, zone in enumerate(action_histories.ZONES)
        ]
        await people.remember(session, *owners)
    await store(world, *action_histories.histories([record(each) for each in histories(40, SEED)]))
    return world


async def test_they_are_those_of_the_facts(filled: World) -> None:
    made = action_histories.histories([record(each) for each in histories(40, SEED)])
    expected = [action_histories.record(each) for each in made]
    async with filled.database.reading() as session:
        assert await action_records(session, TEAM, ()) == expected
        assert await action_records(session, "T2", ()) == []
    assert any(each.slips for each in expected)
    assert any(each.is_done for each in expected)


async def test_those_of_private_incidents_are_only_for_those_who_may_see_them(filled: World) -> None:
    private = {each.number for each in map(record, histories(40, SEED)) if each.private}
    async with filled.database.reading() as session:
        everything = await action_records(session, TEAM, ())
        seen = await action_records(session, TEAM, records.everybodys())
    assert {each.incident for each in everything} & private
    assert [each for each in everything if each.incident not in private] == seen


async def test_what_another_release_stored_is_read_from_the_facts_and_what_is_damaged_left_out(
    filled: World,
) -> None:
    async with filled.database.reading() as session:
        before = await action_records(session, TEAM, ())
    async with filled.database.writing() as session:
        rows = (
            await session.exec(select(StreamRow).where(*ITEMS.of(TEAM)).order_by(col(StreamRow.number)))
        ).all()
        rows[0].state = {**rows[0].state, "shape": 99, "title": "not this"}
        rows[1].state = {key: value for key, value in rows[1].state.items() if key != "moves"}
    async with filled.database.reading() as session:
        after = await action_records(session, TEAM, ())
    assert after == [before[0], *before[2:]]


@pytest.mark.parametrize(
    ("at", "late"),
    [
        ("2026-12-03T10:00:00+00:00", 0),
        ("2026-12-03T12:00:00+00:00", 1),
        ("2026-12-03T23:30:00+00:00", 2),
        ("2026-12-04T00:30:00+00:00", 4),
        ("2026-12-04T09:00:00+00:00", 5),
        ("2026-12-09T09:00:00+00:00", 5),
    ],
)
async def test_overdue_is_counted_by_the_owners_day(filled: World, at: str, late: int) -> None:
    async with filled.database.writing() as session:
        for row in (await session.exec(select(ActionItemRow))).all():
            row.is_open = False
    due = date(2026, 12, 3)
    # Auckland is 13 hours ahead, Berlin one, Los Angeles eight behind; of one nothing is known, of another no zone.
    owners = ("UZ3", "UZ2", "UZ4", "UZ1", "UNKNOWN")
    await store(filled, *([_numbered(900 + at, owner, due)] for at, owner in enumerate(owners)))
    async with filled.database.reading() as session:
        found = await items.open_by_overdue(session, TEAM, datetime.fromisoformat(at))
    assert found == {"yes": late, "no": 5 - late}


def _numbered(number: int, owner: str, due: date) -> facts.ActionItemAdded:
    return replace(added(number, owner=owner, due_on=due), incident=1)
