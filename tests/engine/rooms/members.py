"""A war room and its members: who joins, who leaves, and what a reading finds."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import text

from bot.engine.store.database import Database
from bot.incident.domain import rules
from bot.incident.domain.access import may_see
from bot.incident.domain.listing import Listing
from bot.incident.domain.vocabulary import Role
from bot.incident.store import incidents, rooms
from bot.ports.port import Delivered
from bot.ports.slack.calls import FetchMembers
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World

ROOM, STRANGER = "CROOM1", "USTRANGER"
GUEST = Delivered({"name": "Gina", "is_guest": "yes", "is_active": "yes"})
MEMBER = Delivered({"name": "Gina", "is_guest": "no", "is_active": "yes"})
GONE = Delivered({"name": "Ben", "is_active": "no"})


def in_room(*members: str) -> Delivered:
    return Delivered({"members": " ".join(("UBOT", *members))})


async def opened(world: World, *members: str, private: bool = True) -> None:
    """A private incident of Anna's, with Ben as scribe, whose room is known to have these members."""
    await world.declare(private=private)
    await world.change(1, rules.assign, Role.SCRIBE, BEN)
    if members:
        world.slack.answers[FetchMembers] = [in_room(*members)]
    await world.deliver()
    world.clock.forward(minutes=2)


async def who_sees_it(world: World, people: Collection[str] = (ANNA, BEN, CLEO, STRANGER)) -> list[str]:
    """By the list, and by the number: they always agree."""
    seen = []
    async with world.database.reading() as session:
        for person in people:
            listed = (await incidents.listed(session, TEAM, person, Listing(), 20)).worst
            found = await incidents.found(session, TEAM, person, number=1)
            assert found is not None
            (viewer,) = await rooms.viewers(session, found[0], [person])
            assert viewer.in_room == found[1].in_room
            assert bool(listed) == may_see(found[0].state, viewer)
            seen += [person] if listed else []
    return seen


async def left(world: World, person: str, at: datetime | None = None) -> None:
    now = world.clock()
    await world.rooms.left(ROOM, person, at or now, now)


async def joined(world: World, person: str, at: datetime | None = None, *, is_bot: bool = False) -> None:
    now = world.clock()
    await world.rooms.joined(ROOM, person, at or now, now, is_bot=is_bot)


async def looked(world: World, *members: str) -> None:
    """A look at the room some time later finds these members."""
    world.clock.forward(minutes=11)
    world.slack.answers[FetchMembers] = [in_room(*members)]
    await world.rooms.tick(world.clock())
    await world.deliver()


async def somebody_waits(database: Database) -> None:
    """Wait until another transaction waits for a lock. On SQLite none begins before its turn."""
    waits = text(
        "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()"
    )
    waiting = int(database.is_sqlite)
    while not waiting:
        async with database.reading() as session:
            waiting = (await (await session.connection()).execute(waits)).scalar_one()
