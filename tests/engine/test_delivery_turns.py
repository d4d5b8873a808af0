"""The deliverer's turns: one bad result affects no other, and a worker writes no result that is no longer its own."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.delivery.attempts import Attempt, record_attempts
from bot.engine.delivery.receipts import Receipts
from bot.engine.store import leases, outbox, places
from bot.engine.store.database import Database
from bot.engine.store.tables import EffectRow
from bot.incident.domain import rules
from bot.incident.domain.effects import ShareDraft
from bot.incident.effects.gathering import gather_for
from bot.incident.effects.registry import EFFECTS
from bot.ports.port import Delivered
from bot.ports.slack.calls import CreateChannel, InvitePeople, Pin, Topic
from tests.engine.world import TEAM, World


class FailingReceipts(Receipts):
    """Receipts that fail for one kind of effect, as with a bug or a damaged row."""

    def __init__(self, inner: Receipts, kind: str, error: Exception) -> None:
        super().__init__(inner._subjects)
        self.kind, self.error, self.failed = kind, error, 0

    async def delivered(self, session: AsyncSession, row: Any, *rest: Any) -> None:
        """Fail, or pass it on."""
        if row.kind == self.kind:
            self.failed += 1
            raise self.error
        await super().delivered(session, row, *rest)


def with_failing_receipts(world: World, kind: str, error: Exception) -> FailingReceipts:
    receipts = FailingReceipts(Receipts(world.subjects), kind, error)
    world.deliverer._receipts = receipts
    return receipts


async def test_a_result_that_cannot_be_written_affects_no_other_and_is_tried_again(world: World) -> None:
    receipts = with_failing_receipts(world, "SetTopic", LookupError("no such thing"))
    await world.declare()
    await world.deliver()
    assert receipts.failed == 2  # with the others of its turn, and alone
    assert len(world.slack.of(Pin)) == 1  # the other results of the same turn were written
    receipts.kind = ""
    world.clock.forward(seconds=leases.LEASE.total_seconds())
    await world.deliver()
    assert len(world.slack.of(Topic)) == 2
    async with world.database.reading() as session:
        assert await outbox.backlog(session, TEAM) == (0, None)


async def test_results_are_kept_while_the_database_is_away(world: World) -> None:
    away = OperationalError("the database is away", None, Exception())
    receipts = with_failing_receipts(world, "OpenRoom", away)
    await world.declare()
    await world.deliver()
    assert receipts.failed == 1  # and not once for each result
    receipts.kind = ""
    await world.deliver()
    assert len(world.slack.of(CreateChannel)) == 1
    assert len(world.slack.of(InvitePeople)) == 1


class UnreadableDatabase(Database):
    """A database that cannot be read for a while."""

    away = True

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Fail, or read."""
        if self.away:
            raise OperationalError("the database is away", None, Exception())
        async with super().reading() as session:
            yield session


async def test_effects_whose_data_could_not_be_read_are_released_at_once(
    world: World, database_url: str
) -> None:
    unreadable = UnreadableDatabase(database_url)
    world.deliverer._database = unreadable
    await world.declare()
    await world.deliver()
    assert world.slack.calls == []
    unreadable.away = False
    await world.deliver()  # there is no lease to wait for
    assert len(world.slack.of(Pin)) == 1
    assert world.slack.in_doubt == []
    await unreadable.close()


async def test_a_result_does_not_overwrite_that_of_the_worker_that_took_over(world: World) -> None:
    await world.declare()
    async with world.database.writing() as session:
        (row, *_) = await leases.claim(session, TEAM, world.clock(), "one", 1)
    later = world.clock.forward(seconds=leases.LEASE.total_seconds())
    async with world.database.writing() as session:
        await leases.claim(session, TEAM, later, "two", 1)
    late = Attempt(row, None, Delivered({"channel": "CLATE"}))
    async with world.database.writing() as session:
        await record_attempts(session, Receipts(world.subjects), "one", [late], later)
        await record_attempts(session, Receipts(world.subjects), "two", [late], later)
    async with world.database.reading() as session:
        assert not await places.own_channel(session, 1)
        assert (await outbox.backlog(session, TEAM))[0] > 0


async def test_calls_in_progress_at_the_stop_are_written_down(world: World) -> None:
    world.slack.line_is_open.clear()
    await world.declare()
    running = asyncio.create_task(world.deliverer.run())
    async with asyncio.timeout(10):
        while not world.slack.under_way:
            world.slack.rang.clear()
            await world.slack.rang.wait()
    world.deliverer.stop()
    world.slack.line_is_open.set()
    async with asyncio.timeout(10):
        await running
    async with world.database.reading() as session:
        assert await places.own_channel(session, 1)


async def test_a_database_that_is_away_does_not_prevent_the_stop(world: World) -> None:
    receipts = with_failing_receipts(
        world, "OpenRoom", OperationalError("the database is away", None, Exception())
    )
    world.slack.line_is_open.clear()
    await world.declare()
    running = asyncio.create_task(world.deliverer.run())
    async with asyncio.timeout(10):
        while len(world.slack.under_way) < 2:
            world.slack.rang.clear()
            await world.slack.rang.wait()
    world.deliverer.stop()
    world.slack.line_is_open.set()
    async with asyncio.timeout(10):
        await running
    assert receipts.failed


async def test_a_whole_timeline_is_decoded_only_for_the_draft(world: World) -> None:
    incident = await world.declare()
    await world.change(incident.number, rules.note, "Errors began")
    await world.incidents.show(world.act(), incident.number, (ShareDraft(),))
    async with world.database.reading() as session:
        rows = (await session.exec(select(EffectRow))).all()
        effects = [(row, EFFECTS.decode(row.kind, row.payload)) for row in rows]
        gathered = await gather_for(lambda: world.house, session, effects, world.clock())
    lengths = {row.kind: len(gathered.render_context(row, effect).timeline) for row, effect in effects}
    assert lengths.pop("ShareDraft") == 2
    assert set(lengths.values()) == {0}
