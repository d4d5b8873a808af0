"""The morning digest: once a day, whoever asks and however often, and only if there is something to say."""

from dataclasses import replace
from datetime import UTC, time, timedelta

import pytest
from sqlmodel import col, update

from bot.engine.store.database import Database
from bot.engine.store.tables import StreamRow
from bot.incident.domain import rules
from bot.incident.domain.digest import DigestTime
from bot.incident.domain.policy import Policy
from bot.ports.slack.calls import Post
from tests.conftest import StillClock
from tests.engine.user import User
from tests.engine.world import BEN, INCIDENTS, World
from tests.incident.views.reading import said

ZONE = "Europe/Berlin"


@pytest.fixture
def morning(policy: Policy, clock: StillClock) -> Policy:
    """A policy by which the digest is due in an hour."""
    at = (clock() + timedelta(hours=1)).astimezone(UTC).time()
    return replace(policy, digest=DigestTime(time(at.hour, at.minute), "UTC"))


@pytest.fixture
def world(database: Database, morning: Policy, clock: StillClock) -> World:
    return World(database, morning, clock)


def digests(*worlds: World) -> list[str]:
    """The digests that were posted in the incidents channel."""
    posts = [call for world in worlds for call in world.slack.of(Post) if call.channel == INCIDENTS]
    return [text for text in map(_read, posts) if ":newspaper:" in text]


def _read(call: Post) -> str:
    return said(call.message)


async def test_it_is_posted_once_although_two_replicas_ask_and_one_starts_again(
    world: World, database: Database, morning: Policy, clock: StillClock
) -> None:
    await world.declare()
    await world.declare("A secret", private=True)
    await world.do_chores()
    await world.deliver()
    assert digests(world) == []
    clock.forward(hours=1)
    other = World(database, morning, clock, worker="two")
    for each in (world, other, world, World(database, morning, clock, world.slack)):
        await each.do_chores()
    await world.deliver()
    await other.deliver()
    (text,) = digests(world, other)
    assert "INC-1" in text
    assert "overdue" in text
    assert "A secret" not in text
    assert "1 incident is open" in text
    clock.forward(days=1)
    await world.do_chores()
    await world.deliver()
    assert len(digests(world, other)) == 2


async def test_an_incident_that_cannot_be_read_keeps_no_other_from_it(
    world: World, clock: StillClock
) -> None:
    await world.declare("Damaged")
    await world.declare("Readable")
    await world.deliver()
    async with world.database.writing() as session:
        damaged = update(StreamRow).where(col(StreamRow.number) == 1)
        await session.exec(damaged.values(state={"title": "damaged", "shape": 2}))
    clock.forward(hours=1)
    await world.do_chores()
    await world.deliver()
    (text,) = digests(world)
    assert "Readable" in text
    assert "INC-1 cannot be read" in text


async def test_nobody_is_notified_by_it(world: World, clock: StillClock) -> None:
    await world.declare()
    await world.change(1, rules.take_command, by=BEN)
    await world.deliver()
    clock.forward(hours=1)
    await world.do_chores()
    await world.deliver()
    (text,) = digests(world)
    assert "IC Uben" in text
    assert f"<@{BEN}>" not in text


async def test_nothing_is_posted_if_nothing_was_open_then(world: World, clock: StillClock) -> None:
    await world.declare("A secret", private=True)
    clock.forward(hours=1, minutes=10)
    await world.declare("Later than nine")
    await world.do_chores()
    await world.do_chores()
    await world.deliver()
    assert digests(world) == []


async def test_nothing_is_posted_more_than_an_hour_late(world: World, clock: StillClock) -> None:
    await world.declare()
    clock.forward(hours=2)
    await world.do_chores()
    await world.deliver()
    assert digests(world) == []


async def test_what_waited_too_long_or_is_over_is_not_posted_any_more(
    world: World, clock: StillClock
) -> None:
    await world.declare()
    await world.deliver()
    clock.forward(hours=1)
    await world.do_chores()
    clock.forward(hours=1)
    await world.deliver()
    clock.forward(hours=23)
    await world.do_chores()
    await world.change(1, rules.resolve)
    await world.deliver()
    assert digests(world) == []


async def test_without_an_incidents_channel_or_a_time_there_is_none(
    database: Database, morning: Policy, policy: Policy, clock: StillClock
) -> None:
    quiet = World(database, morning, clock, incidents_channel="")
    untimed = World(database, policy, clock, quiet.slack)
    await quiet.declare()
    clock.forward(hours=1)
    for each in (quiet, untimed):
        await each.do_chores()
        await each.deliver()
    assert not any(":newspaper:" in text for text in quiet.slack.said())


async def test_everybody_sees_in_their_own_what_they_may_see(world: World) -> None:
    await world.declare()
    await world.declare("A secret", private=True)
    await world.deliver()
    user = User(world)
    theirs = await user.word("digest", channel="CGENERAL")
    others = await user.word("digest", actor=BEN, channel="CGENERAL")
    assert theirs.message
    assert others.message
    assert "A secret" in said(theirs.message)
    assert "2 incidents are open" in said(theirs.message)
    assert "A secret" not in said(others.message)
    assert "1 incident is open" in said(others.message)
