"""Further channels have the announcement of the incidents that are for them, and follow these to the end."""

from dataclasses import replace

import pytest

from bot.engine.store.database import Database
from bot.incident.domain import rules
from bot.incident.domain.announcing import AnnounceChannel
from bot.incident.domain.policy import Policy
from bot.incident.domain.vocabulary import Severity
from bot.ports.port import Dead
from bot.ports.slack.calls import Edit, Post
from tests.conftest import StillClock
from tests.engine.user import User
from tests.engine.world import INCIDENTS, World
from tests.incident.views.reading import said as shown

WORST, LESSER = "CWORST", "CLESSER"


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    announce = (
        AnnounceChannel(WORST, frozenset({Severity.SEV1})),
        AnnounceChannel(LESSER, frozenset({Severity.SEV2, Severity.SEV3})),
    )
    return World(database, replace(policy, announce=announce), clock)


def posted(world: World, channel: str, *, thread: bool = False) -> list[str]:
    """What was posted in this channel, or in threads of it."""
    posts = [call for call in world.slack.of(Post) if call.channel == channel]
    return [shown(call.message) for call in posts if bool(call.thread) is thread]


async def test_the_announcement_is_posted_where_the_severity_belongs_and_replies_go_to_its_thread(
    world: World,
) -> None:
    await world.declare()
    await world.deliver()
    assert len(posted(world, WORST)) == len(posted(world, INCIDENTS)) == 1
    assert posted(world, LESSER) == []
    await world.change(1, rules.post_update, "Half of all payments fail")
    await world.deliver()
    assert ["Half of all payments fail" in each for each in posted(world, WORST, thread=True)] == [True]


async def test_it_is_posted_when_the_severity_is_raised_and_stays_and_is_kept_up_to_date(
    world: World,
) -> None:
    await world.declare(severity=Severity.SEV2)
    await world.deliver()
    assert posted(world, WORST) == []
    await world.change(1, rules.change_severity, Severity.SEV1)
    await world.deliver()
    (first,) = posted(world, WORST)
    assert "SEV1" in first
    await world.change(1, rules.change_severity, Severity.SEV4)
    await world.change(1, rules.resolve)
    await world.deliver()
    for channel in (WORST, LESSER):
        last = [call for call in world.slack.of(Edit) if call.channel == channel][-1]
        assert "SEV4" in shown(last.message)
        assert "resolved" in shown(last.message)
        assert len(posted(world, channel)) == 1
        assert "resolved" in posted(world, channel, thread=True)[-1]


async def test_a_private_incident_is_announced_nowhere(world: World) -> None:
    await world.declare(private=True)
    await world.change(1, rules.post_update, "News")
    await world.deliver()
    assert [posted(world, each) for each in (INCIDENTS, WORST, LESSER)] == [[], [], []]


async def test_a_channel_that_refuses_is_warned_of_and_keeps_no_other_from_it(world: World) -> None:
    both = (AnnounceChannel("CFIRST", frozenset(Severity)), AnnounceChannel("CSECOND", frozenset(Severity)))
    world = World(world.database, replace(world.policy, announce=both), world.clock)
    await world.declare()
    world.slack.answers[Post] = []
    usual = world.slack.perform

    async def perform(call: object, doubt: bool = False) -> object:  # noqa: FBT001, FBT002  # `Perform`'s shape
        if isinstance(call, Post) and call.channel == "CFIRST":
            return Dead("channel_not_found")
        return await usual(call, doubt)  # type: ignore[arg-type]

    world.slack.perform = perform  # type: ignore[assignment,method-assign]
    world.deliverer = world.new_deliverer()
    await world.deliver()
    assert len(posted(world, "CSECOND")) == len(posted(world, INCIDENTS)) == 1
    assert any("I could not announce it in a further channel" in text for text in world.slack.said())
    await world.change(1, rules.post_update, "News")
    await world.deliver()
    assert len(posted(world, "CSECOND", thread=True)) == 1


async def test_the_incidents_channel_is_not_told_twice(world: World) -> None:
    same = (AnnounceChannel(INCIDENTS, frozenset(Severity)),)
    world = World(world.database, replace(world.policy, announce=same), world.clock)
    await world.declare()
    await world.change(1, rules.post_update, "News")
    await world.deliver()
    assert len(posted(world, INCIDENTS)) == len(posted(world, INCIDENTS, thread=True)) == 1


async def test_an_announcement_that_was_deleted_is_posted_anew(world: World) -> None:
    await world.declare()
    await world.deliver()
    world.slack.answers[Edit] = [Dead("message_not_found")] * 2
    await world.change(1, rules.take_command)
    await world.deliver()
    world.slack.answers[Edit] = []
    assert len(posted(world, WORST)) + len(posted(world, INCIDENTS)) >= 3


async def test_the_words_of_a_secret_are_removed_from_its_thread(world: World) -> None:
    await world.declare()
    await world.deliver()
    await world.change(1, rules.post_update, "The key is hunter2")
    await world.deliver()
    await User(world).word("strike 2 secret")
    await world.deliver()
    assert not any("hunter2" in shown(message) for message in world.slack.shown.values())


async def test_a_secret_that_was_told_in_no_thread_is_looked_for_in_vain(world: World) -> None:
    await world.declare()
    await world.deliver()
    await world.change(1, rules.note, "The key is hunter2", author="UANNA")
    await world.deliver()
    await User(world).word("strike 2 secret")
    await world.deliver()
    assert not [
        call for call in world.slack.of(Edit) if call.channel == WORST and "hunter2" in shown(call.message)
    ]


async def test_a_secret_leaves_a_channel_that_the_policy_does_not_name_any_more(world: World) -> None:
    await world.declare()
    await world.change(1, rules.post_update, "The key is hunter2")
    await world.deliver()
    world.house = replace(world.house, policy=replace(world.policy, announce=()))
    world.slack.calls.clear()
    await User(world).word("strike 2 secret")
    await world.deliver()
    assert not any("hunter2" in shown(message) for message in world.slack.shown.values())
    assert len([call for call in world.slack.of(Edit) if call.channel == WORST]) == 2
    assert posted(world, WORST) == []
