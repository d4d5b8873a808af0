"""The hashes of a timeline show what was changed, inserted or removed without the bot, and only that."""

from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlmodel import col

from bot.engine.store import chains, histories
from bot.engine.store.chains import Verified
from bot.engine.store.tables import EntryRow, StreamRow, Table
from bot.incident.domain import facts, rules
from bot.incident.store import incidents
from tests.engine.user import User
from tests.engine.world import World

TIMELINE = Table.metadata.tables["timeline"]
WHOLE = Verified(None, 0)


@pytest.fixture
async def number(world: World) -> int:
    """An incident with four entries, beside another one."""
    incident = await world.declare("Checkout is failing")
    await world.declare("Payments are down")
    for text in ("Errors jumped", "It is the new release", "Rolled back"):
        await world.change(incident.number, rules.note, text)
    return incident.number


async def verified(world: World, number: int) -> Verified:
    async with world.database.reading() as session:
        stored = await incidents.of_any_team(session, number)
        assert stored
        return await chains.verify(session, stored.id, stored.head)


async def tampered(world: World, *statements: Any) -> None:
    async with world.database.writing() as session:
        for each in statements:
            await session.exec(each)


def entry(number: int) -> Any:
    return (col(EntryRow.stream_id) == 1) & (col(EntryRow.seq) == number)


async def test_what_the_bot_records_is_whole(world: World, number: int) -> None:
    assert await verified(world, number) == WHOLE
    async with world.database.reading() as session:
        checked = await histories.check(session, incidents.INCIDENTS, None)
    assert (checked.changed, checked.redacted, checked.broken) == ({}, 0, [])


@pytest.mark.parametrize("column", ["kind", "at", "recorded_at", "by", "payload", "chain"])
async def test_a_change_of_anything_in_an_entry_shows(world: World, number: int, column: str) -> None:
    async with world.database.reading() as session:
        connection = await session.connection()
        other = (await connection.execute(select(TIMELINE).where(entry(1)))).mappings().one()
    assert await verified(world, number) == WHOLE
    value = "NobodyKnows" if column == "kind" else other[column]
    if column in ("at", "recorded_at"):
        value = other[column].replace(year=2020)
    if column == "by":
        value = "U0BEN"
    await tampered(world, update(EntryRow).where(entry(3)).values({column: value}))
    assert await verified(world, number) == Verified(3, 0)
    assert await verified(world, 2) == WHOLE


async def test_a_missing_entry_shows_in_the_middle_and_at_the_end(world: World, number: int) -> None:
    await tampered(world, delete(EntryRow).where(entry(4)))
    assert await verified(world, number) == Verified(4, 0)
    await tampered(world, delete(EntryRow).where(entry(2)))
    assert await verified(world, number) == Verified(3, 0)


async def test_an_entry_that_somebody_adds_shows(world: World, number: int) -> None:
    async with world.database.reading() as session:
        connection = await session.connection()
        last = (await connection.execute(select(TIMELINE).where(entry(4)))).mappings().one()
    copied = {column.key: last[column] for column in TIMELINE.columns}
    await tampered(world, insert(TIMELINE).values({**copied, "seq": 5}))
    assert await verified(world, number) == Verified(5, 0)


async def test_hashes_taken_away_show_too(world: World, number: int) -> None:
    await tampered(world, update(EntryRow).where(entry(2)).values(chain=None))
    assert await verified(world, number) == Verified(3, 0)


async def test_entries_of_a_release_without_hashes_are_not_covered_and_the_next_ones_are(
    world: World, number: int
) -> None:
    await tampered(
        world,
        update(EntryRow).where(col(EntryRow.stream_id) == 1).values(chain=None),
        update(StreamRow).where(col(StreamRow.id) == 1).values(head=""),
    )
    assert await verified(world, number) == WHOLE
    await world.change(number, rules.note, "After the upgrade")
    assert await verified(world, number) == WHOLE
    await tampered(world, update(EntryRow).where(entry(5)).values(by="U0BEN"))
    assert await verified(world, number) == Verified(5, 0)


async def test_words_that_the_bot_removes_are_counted_and_what_follows_stays_covered(
    world: World, number: int
) -> None:
    await world.deliver()
    await User(world).word("strike 3 secret: a codename")
    assert await verified(world, number) == Verified(None, 1)
    timeline = await world.timeline(number)
    assert "It is the new release" not in str(timeline)
    assert isinstance(timeline[-1].fact, facts.EntryStruck)
    await tampered(world, update(EntryRow).where(entry(4)).values(by="U0BEN"))
    assert await verified(world, number) == Verified(4, 1)
