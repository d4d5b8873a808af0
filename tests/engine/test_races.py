"""Whatever people do at the same time, at any replica, the result is as if they had done it one after another."""

import asyncio
import os
from collections.abc import AsyncIterator, Sequence

import pytest

from bot.core.decision import Refused
from bot.engine.acts.idempotency import Done
from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from bot.incident.domain.incident import fold
from bot.incident.domain.policy import Policy
from bot.ports.slack.calls import Post
from tests.conftest import StillClock
from tests.engine.races import Attempt, AttemptGenerator, explain
from tests.engine.world import FakeSlack, World

SEEDS = range(int(os.environ.get("WARROOM_RACES", "3")))  # the nightly run has more
WAVES, SIZE = 3, 10


@pytest.fixture
async def replicas(database_url: str, policy: Policy, clock: StillClock) -> AsyncIterator[list[World]]:
    """Three bots on one database and one Slack."""
    databases = [Database(database_url) for _ in range(3)]
    await upgrade(databases[0])
    slack = FakeSlack()
    yield [World(each, policy, clock, slack, worker) for worker, each in zip("abc", databases, strict=True)]
    for each in databases:
        await each.close()


async def _race(replicas: Sequence[World], number: int, waves: Sequence[Sequence[Attempt]]) -> list[Attempt]:
    """Let each wave's attempts run at the same time, spread over the replicas, while they tick and deliver."""
    for turn, wave in enumerate(waves):
        for each in wave:
            each.wave = turn
        await asyncio.gather(
            *(each.carry_out(replicas[place % 3], number) for place, each in enumerate(wave)),
            *(replica.tick() for replica in replicas),
            *(replica.deliver() for replica in replicas),
        )
    return [each for wave in waves for each in wave]


async def _is_explained(replicas: Sequence[World], number: int, attempts: Sequence[Attempt]) -> None:
    happened = [entry.fact for entry in await replicas[0].timeline(number)]
    stored = await replicas[0].incident(number)
    assert fold(happened) == stored
    assert explain(fold(happened[:1]), happened[1:], attempts, replicas[0].policy) == stored
    for done in (each for each in attempts if each.is_new):
        copies = [each for each in attempts if each.act.id == done.act.id and each is not done]
        assert all(_before(copy, done) or _repeats(copy) for copy in copies), (
            f"{done.name}: done, then denied"
        )


def _repeats(attempt: Attempt) -> bool:
    return isinstance(attempt.outcome, Done) and attempt.outcome.repeated


def _before(refused: Attempt, done: Attempt) -> bool:
    """Whether the rules refused a first delivery; a second one may find another state."""
    if not isinstance(refused.outcome, Refused) or refused.saw is None or done.saw is None:
        return False
    return refused.saw.version <= done.saw.version


@pytest.mark.parametrize("seed", SEEDS)
async def test_a_serial_order_explains_any_race(replicas: list[World], seed: int) -> None:
    number = (await replicas[0].declare()).number
    rng = AttemptGenerator(seed, replicas[0])
    attempts = await _race(replicas, number, [rng.wave(SIZE) for _ in range(WAVES)])
    assert any(each.is_new for each in attempts)
    assert any(isinstance(each.outcome, Refused) for each in attempts)
    await _is_explained(replicas, number, attempts)
    await asyncio.gather(*(replica.deliver() for replica in replicas))
    keys = [post.key for post in replicas[0].slack.of(Post)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize(
    "rivals",
    [
        ("offer", "offer"),
        ("accept", "withdraw", "assign"),
        ("resolve", "reopen"),
        ("take",),
    ],
    ids=["two handoffs", "accepted, withdrawn and taken by force", "resolved and reopened", "fifty claims"],
)
async def test_a_serial_order_explains_common_races(replicas: list[World], rivals: tuple[str, ...]) -> None:
    number = (await replicas[0].declare()).number
    rng = AttemptGenerator(1, replicas[0])
    first_waves = [] if rivals[0] == "take" else [[rng.attempt("take")], [rng.attempt("offer")]]
    race = [rng.attempt(name) for name in rivals * (50 if len(rivals) == 1 else 4)]
    await _is_explained(replicas, number, await _race(replicas, number, [*first_waves, race]))


async def test_a_form_that_arrives_at_every_replica_at_once_is_carried_out_once_and_no_one_is_refused(
    replicas: list[World],
) -> None:
    number = (await replicas[0].declare()).number
    first = AttemptGenerator(1, replicas[0]).attempt("take")
    copies = [Attempt(first.name, first.act, first.rule) for _ in range(9)]
    await _race(replicas, number, [copies])
    assert sum(each.is_new for each in copies) == 1
    assert all(isinstance(each.outcome, Done) for each in copies)
