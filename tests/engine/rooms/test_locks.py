"""What belongs to one incident is written by several transactions at once: they wait for each other, and none fails."""

import asyncio

from bot.incident.store import incidents, rooms
from bot.incident.store.incidents import Stored
from tests.engine.rooms.members import ROOM, opened, somebody_waits, who_sees_it
from tests.engine.world import ANNA, CLEO, TEAM, World


async def test_somebody_may_act_in_the_room_while_the_event_that_they_have_joined_arrives(
    world: World,
) -> None:
    await opened(world, ANNA)

    async def act(stored: Stored) -> None:
        async with world.database.writing() as session:
            await rooms.record_actor(session, stored, CLEO, world.clock())

    async with world.database.writing() as session:
        stored = await rooms.of_channel(session, TEAM, ROOM)
        assert stored is not None
        acting = asyncio.create_task(act(stored))
        await somebody_waits(world.database)
        await rooms.record_presence(session, stored, CLEO, world.clock(), present=True)
    await acting
    assert CLEO in await who_sees_it(world)


async def test_rooms_that_are_due_are_claimed_while_somebody_changes_their_incident(world: World) -> None:
    await opened(world, ANNA)
    async with world.database.writing() as session:
        stored = await incidents.lock(session, TEAM, 1)
        assert stored is not None
        ticking = asyncio.create_task(world.rooms.tick(world.clock()))
        if not world.database.is_sqlite:  # which has one writer
            await ticking
        await rooms.schedule_read(session, stored.id, world.clock())
    await ticking
