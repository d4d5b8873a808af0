"""Old acts and effects are deleted, one batch at a time; but a marked message stays marked, and dead letters stay."""

from sqlmodel import select

from bot.core.page_links import VALID
from bot.engine.acts.idempotency import Done
from bot.engine.clock.housekeeping import EFFECTS_KEPT, KEPT, tidy
from bot.engine.store import acts, opened_links, outbox
from bot.engine.store.acts import Act
from bot.engine.store.tables import ActRow, EffectRow, EffectState
from bot.incident.domain.effects import ReadMessage
from bot.incident.domain.incident import Incident
from bot.ports.port import Dead
from bot.ports.slack.calls import Pin, Topic
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


async def test_a_link_that_was_opened_is_kept_longer_than_it_could_be_used(world: World) -> None:
    async with world.database.writing() as session:
        assert await opened_links.use(session, TEAM, "L1", world.clock())
        assert not await opened_links.use(session, TEAM, "L1", world.clock())
        assert await opened_links.use(session, "T0ELSEWHERE", "L1", world.clock())
    world.clock.forward(seconds=KEPT.total_seconds())
    assert await tidy(world.database, TEAM, world.clock()) == 0
    world.clock.forward(seconds=1)
    assert await tidy(world.database, TEAM, world.clock()) == 1
    assert KEPT > VALID


async def _effects(world: World) -> dict[str, EffectState]:
    async with world.database.reading() as session:
        return {row.kind: row.state for row in (await session.exec(select(EffectRow))).all()}


async def test_effects_that_were_shown_or_dropped_long_ago_are_deleted_and_dead_letters_stay(
    world: World,
) -> None:
    world.slack.answers = {Pin: [Dead("missing_scope")], Topic: [Dead("message_not_found")]}
    await world.declare(act="form:V1")
    await world.deliver()
    before = await _effects(world)
    assert set(before.values()) >= {EffectState.DELIVERED, EffectState.DEAD, EffectState.DROPPED}
    world.clock.forward(seconds=EFFECTS_KEPT.total_seconds())
    await tidy(world.database, TEAM, world.clock())
    assert await _effects(world) == before
    world.clock.forward(seconds=1)
    await tidy(world.database, TEAM, world.clock())
    assert await _effects(world) == {
        kind: state for kind, state in before.items() if state == EffectState.DEAD
    }


async def test_waiting_effects_are_never_deleted(world: World) -> None:
    await world.declare(act="form:V1")
    before = await _effects(world)
    world.clock.forward(days=1000)
    await tidy(world.database, TEAM, world.clock())
    assert await _effects(world) == before


async def test_the_oldest_effects_are_deleted_first_one_batch_at_a_time(world: World) -> None:
    for _ in range(2):
        await world.declare()
        await world.deliver()
        world.clock.forward(minutes=1)
    async with world.database.reading() as session:
        count = len((await session.exec(select(EffectRow.id))).all())
    for limit, gone in ((3, 3), (count, count - 3)):
        async with world.database.writing() as session:
            assert await outbox.forget_before(session, TEAM, world.clock(), limit) == gone
