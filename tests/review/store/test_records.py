"""Records as they are read from the database are those that the whole states would give."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from bot.engine.store.tables import EntryRow, StreamRow
from bot.incident.domain.incident import fold
from bot.incident.domain.records import Past, Period
from bot.incident.domain.vocabulary import Severity
from bot.incident.store import records
from bot.incident.store.incidents import INCIDENTS
from tests.engine.world import ANNA, TEAM, World
from tests.review.histories import NOW, entries, histories, record

SEED = 3  # some of these are private
EVER = Period(NOW - timedelta(days=100), NOW)


@pytest.fixture
async def filled(world: World) -> World:
    """Forty generated incidents, stored as the bot stores them."""
    async with world.database.writing() as session:
        for history in histories(40, SEED):
            await INCIDENTS.add(session, TEAM, fold(history), entries(history), now=NOW, next_look_at=None)
    return world


async def read(world: World, period: Period = EVER, severity: Severity | None = None, **of: bool) -> Past:
    conditions = records.of_viewer(ANNA, **of) if of else ()
    async with world.database.reading() as session:
        return await records.records(session, TEAM, period, conditions, severity)


async def write(world: World, number: int, **values: Any) -> None:
    async with world.database.writing() as session:
        await session.exec(update(StreamRow).where(col(StreamRow.number) == number).values(**values))


async def test_they_are_those_of_the_whole_states(filled: World) -> None:
    expected = [record(each) for each in histories(40, SEED)]
    assert (await read(filled)).records == expected
    assert any(each.private for each in expected)


async def test_only_those_declared_in_the_period_and_of_the_severity(filled: World) -> None:
    half = Period(EVER.start, NOW - timedelta(hours=40))
    assert [each.number for each in (await read(filled, half)).records] == list(range(1, 21))
    some = (await read(filled, severity=Severity.SEV1)).records
    assert some
    assert {each.severity for each in some} == {Severity.SEV1}


async def test_private_ones_are_only_for_those_who_may_see_them(filled: World) -> None:
    everything = len((await read(filled)).records)
    seen = (await read(filled, is_guest=False)).records
    assert len(seen) < everything
    assert not any(each.private for each in seen)
    assert len((await read(filled, sees_private=True)).records) == everything
    assert (await read(filled, is_guest=True, sees_private=True)).records == []


async def test_in_a_channel_there_are_only_those_that_everybody_may_see(filled: World) -> None:
    async with filled.database.reading() as session:
        found = await records.records(session, TEAM, EVER, records.everybodys())
    assert found.records
    assert not any(each.private for each in found.records)


async def test_where_the_state_says_private_and_its_column_does_not_the_state_counts(filled: World) -> None:
    number = next(each.number for each in (await read(filled)).records if each.private)
    await write(filled, number, private=False)
    assert number not in [each.number for each in (await read(filled, is_guest=False)).records]


async def test_a_state_of_another_shape_is_folded_from_its_timeline(filled: World) -> None:
    expected = (await read(filled)).records
    await write(filled, 3, state={"shape": 99, "title": ["in", "parts"]})
    assert (await read(filled)).records == expected


async def test_what_cannot_be_read_is_counted_and_keeps_nothing_else_from_being_read(filled: World) -> None:
    async with filled.database.reading() as session:
        row = (await session.exec(select(StreamRow).where(StreamRow.number == 4))).one()
    await write(filled, 4, state={**row.state, "status": "unheard of"})
    await write(filled, 5, state={"shape": 99})
    async with filled.database.writing() as session:
        query = update(EntryRow).where(col(EntryRow.stream_id) == 5).values(kind="UnheardOf")
        await session.exec(query.where(col(EntryRow.seq) > 1))
    found = await read(filled)
    assert found.unreadable == 2
    assert len(found.records) == 38
