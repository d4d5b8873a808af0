"""Unexpected errors: the effect is in doubt, tried a few times, then given up and reported like any refusal."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlmodel import select
from sqlmodel.ext.asyncio.session import AsyncSession

from bot.engine.delivery.attempts import UNEXPECTED_TRIES
from bot.engine.delivery.receipts import Receipts
from bot.engine.store import outbox
from bot.engine.store.tables import EffectRow, EffectState, is_pending
from bot.incident.domain import rules
from bot.ports.port import Delivered, Result, Retry
from bot.ports.slack.calls import Call, Post, Topic
from tests.engine.world import TEAM, FakeSlack, World


class UnexpectedSlack(FakeSlack):
    """Slack, but some calls end in an unexpected way."""

    def __init__(self, is_odd: Callable[[Call], bool], happens: Exception | Result) -> None:
        super().__init__()
        self.is_odd, self.happens, self.tries = is_odd, happens, 0
        self.tries_in_doubt = 0

    async def perform(self, call: Call, doubt: bool = False) -> Result:  # noqa: FBT001, FBT002  # `Perform`'s shape
        """Do the unexpected thing, or pass the call on."""
        if not self.is_odd(call):
            return await super().perform(call, doubt)
        self.tries += 1
        self.tries_in_doubt += doubt
        if isinstance(self.happens, Exception):
            raise self.happens
        return self.happens


def odd(world: World, is_odd: Callable[[Call], bool], happens: Exception | Result) -> UnexpectedSlack:
    slack = UnexpectedSlack(is_odd, happens)
    world.slack = slack
    world.deliverer = world.new_deliverer()
    return slack


async def until_given_up(world: World) -> None:
    """Let time pass until no effect waits."""
    for _ in range(3 * UNEXPECTED_TRIES):
        await world.deliver()
        async with world.database.reading() as session:
            if not (await session.exec(select(EffectRow).where(is_pending(EffectRow)))).all():
                return
        world.clock.forward(seconds=60)


def is_bad_note(call: Call) -> bool:
    return isinstance(call, Post) and "bad" in str(call.message.text) and "could not" not in call.message.text


@pytest.mark.parametrize(
    "happens",
    [
        AttributeError("'list' object has no attribute 'get'"),
        UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates not allowed"),
        Retry("unexpected_answer", doubt=True, unexpected=True),
    ],
    ids=["odd answer", "text that cannot be encoded", "an answer that is none"],
)
async def test_an_unexpected_error_leaves_doubt_is_given_up_and_reported_and_blocks_nothing(
    world: World, happens: Exception | Result
) -> None:
    incident = await world.declare()
    await world.deliver()
    slack = odd(world, is_bad_note, happens)
    await world.change(incident.number, rules.note, "bad")
    await world.change(incident.number, rules.note, "good")
    await until_given_up(world)
    assert (slack.tries, slack.tries_in_doubt) == (UNEXPECTED_TRIES, UNEXPECTED_TRIES - 1)
    assert any("good" in text for text in slack.said())
    assert any("could not post a message" in text for text in slack.said())
    async with world.database.reading() as session:
        assert [row.kind for row in await outbox.dead(session, TEAM)] == ["TellRoom"]


async def test_a_temporary_error_is_not_given_up_so_soon(world: World) -> None:
    await world.declare()
    slack = odd(world, lambda call: isinstance(call, Topic), Retry("http_503", doubt=True))
    await until_given_up(world)
    assert slack.tries > UNEXPECTED_TRIES


class UnwritableReceipts(Receipts):
    """Receipts that can never write down one kind of effect, not even that it died."""

    def __init__(self, inner: Receipts, kind: str) -> None:
        super().__init__(inner._subjects)
        self.kind = kind

    async def delivered(self, session: AsyncSession, row: Any, *rest: Any) -> None:
        """Fail, or pass it on."""
        self._fail(row)
        await super().delivered(session, row, *rest)

    async def died(self, session: AsyncSession, row: Any, *rest: Any) -> None:
        """Fail, or pass it on."""
        self._fail(row)
        await super().died(session, row, *rest)

    def _fail(self, row: Any) -> None:
        if row.kind == self.kind:
            raise AttributeError(self.kind)


async def test_a_result_that_can_never_be_written_is_given_up_and_its_lane_continues(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    world.deliverer._receipts = UnwritableReceipts(Receipts(world.subjects), "ReadMessage")
    async with world.database.writing() as session:
        row = (await session.exec(select(EffectRow).where(EffectRow.kind == "SetTopic"))).one()
        row.kind, row.payload = "ReadMessage", {"channel": "C1", "ts": "1.1", "by": "UANNA"}
        row.state, row.key, row.lane = EffectState.WAITING, "again", f"{row.stream_id}:room"
        session.add(row)
    await world.change(incident.number, rules.note, "good")
    await until_given_up(world)
    assert any("good" in text for text in world.slack.said())
    async with world.database.reading() as session:
        (dead,) = await outbox.dead(session, TEAM)
    assert (dead.kind, dead.error, dead.doubt) == ("ReadMessage", "cannot be written", True)


async def test_an_incomplete_answer_places_nothing(world: World) -> None:
    incident = await world.declare()
    world.slack.answers[Post] = [Delivered({})]
    await world.deliver()
    await world.change(incident.number, rules.note, "good")
    await until_given_up(world)
    assert any("good" in text for text in world.slack.said())
