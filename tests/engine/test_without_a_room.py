"""The war room is late or cannot be opened: people are told of the incident anyway."""

from datetime import timedelta

from bot.incident.domain import rules
from bot.incident.domain.effects import ShowLink
from bot.incident.effects.show_link import with_link
from bot.ports.port import Dead, Retry
from bot.ports.slack.calls import CreateChannel, Edit, Post, Respond
from tests.engine.world import BEN, INCIDENTS, World


async def test_the_declarer_is_told_if_the_room_cannot_be_opened(world: World) -> None:
    world.slack.answers[CreateChannel] = [Dead("restricted_action")]
    link = ShowLink(response_url="https://slack/response")
    await world.declare("Down", show=lambda effects: with_link(effects, link))
    await world.deliver()
    (told,) = world.slack.of(Respond)
    assert "did not let me open its war room" in str(told.message.text)
    world.clock.forward(seconds=5)
    await world.deliver()
    assert [post.channel for post in world.slack.of(Post)] == [INCIDENTS]


async def test_without_a_room_the_incident_is_announced_anyway(world: World) -> None:
    world.slack.answers[CreateChannel] = [Dead("restricted_action")]
    incident = await world.declare(commander=BEN)
    await world.deliver()
    assert world.slack.of(Post) == []
    world.clock.forward(seconds=5)
    await world.deliver()
    (announced,) = [post for post in world.slack.of(Post) if post.channel == INCIDENTS]
    assert "no war room; /incident update INC-1 …" in str(announced.message.blocks)
    world.clock.forward(minutes=25)
    await world.due.tick(world.clock())
    await world.deliver()
    assert any("Nobody has posted an update" in text for text in world.slack.said())
    await world.change(incident.number, rules.post_update, "Half of it works", by=BEN)
    world.clock.forward(seconds=5)
    await world.deliver()
    assert "Half of it works" in str(world.slack.of(Edit)[0].message.blocks)


async def test_while_the_room_waits_the_incident_is_announced_and_later_gets_its_link(
    world: World,
) -> None:
    world.slack.answers[CreateChannel] = [Retry("ratelimited", after=timedelta(seconds=30))]
    await world.declare()
    await world.deliver()
    world.clock.forward(seconds=5)
    await world.deliver()
    (announced,) = world.slack.of(Post)
    assert "its war room is being opened" in str(announced.message.blocks)
    world.clock.forward(seconds=25)
    await world.deliver()
    (linked,) = world.slack.of(Edit)
    assert (linked.channel, linked.ts) == (INCIDENTS, "1.000100")
    assert {"type": "channel", "channel_id": "CROOM2"} in linked.message.blocks[0]["elements"][0]["elements"]
    assert [post.channel for post in world.slack.of(Post)].count(INCIDENTS) == 1


async def test_a_private_incident_without_a_room_is_not_announced(world: World) -> None:
    world.slack.answers[CreateChannel] = [Dead("restricted_action")]
    await world.declare(private=True)
    await world.deliver()
    assert world.slack.of(Post) == []
