"""Old acts are deleted, one batch at a time; but a marked message stays marked."""

from sqlmodel import select

from bot.engine.acts.idempotency import Done
from bot.engine.clock.housekeeping import KEPT, tidy
from bot.engine.store import acts
from bot.engine.store.acts import Act
from bot.engine.store.tables import ActRow
from bot.incident.domain.effects import ReadMessage
from bot.incident.domain.incident import Incident
from tests.engine.world import ANNA, TEAM, World

MARK = ReadMessage(channel="C1", ts="1.000100", by=ANNA)


async def _acts(world: World) -> set[str]:
    async with world.database.reading() as session:
        return set((await session.exec(select(ActRow.act_id))).all())


async def _mark(world: World) -> Done[Incident]:
    done = await world.incidents.show(Act(MARK.act, TEAM, world.clock(), permanent=True), 1, (MARK,))
    assert isinstance(done, Done)
    return done


async def test_an_act_is_kept_as_long_as_it_may_be_delivered_again(world: World) -> None:
    await world.declare(act="form:V1")
    world.clock.forward(seconds=KEPT.total_seconds())
    assert await tidy(world.database, TEAM, world.clock()) == 0
    assert (await world.declare(act="form:V1")).number == 1
    world.clock.forward(seconds=1)
    assert await tidy(world.database, TEAM, world.clock()) == 1
    assert await _acts(world) == set()


async def test_a_message_that_was_marked_years_ago_is_not_noted_again(world: World) -> None:
    await world.declare()
    await _mark(world)
    world.clock.forward(days=1000)
    await tidy(world.database, TEAM, world.clock())
    assert await _acts(world) == {MARK.act}
    assert (await _mark(world)).repeated


async def test_the_oldest_acts_are_deleted_first_one_batch_at_a_time(world: World) -> None:
    for each in (3, 1, 2):
        world.clock.forward(minutes=1)
        await world.declare(act=f"form:V{each}")
    for left in ({"form:V2"}, set()):
        async with world.database.writing() as session:
            await acts.forget_before(session, TEAM, world.clock.forward(minutes=1), limit=2)
        assert await _acts(world) == left
