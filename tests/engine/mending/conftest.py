"""A Slack whose channels can be archived and opened again."""

from typing import Any

import pytest

from bot.engine.delivery.reopened_channels import ReopenedChannels
from bot.engine.store import outbox
from bot.incident.domain import rules
from bot.ports.port import Dead, Delivered, Result
from bot.ports.slack.calls import Call, LookAtChannel, Post, Topic
from bot.subjects import REGISTRIES
from tests.engine.world import INCIDENTS, TEAM, FakeSlack, World


class Closable(FakeSlack):
    """Channels that are archived refuse everything."""

    def __init__(self) -> None:
        super().__init__()
        self.shut: set[str] = set()
        self.seen: list[Call] = []
        self.looks = 0

    def _usual(self, call: Call) -> Result:
        channel = getattr(call, "channel", "")
        if isinstance(call, LookAtChannel):
            self.looks += 1
            return Delivered({"open": "" if channel in self.shut else "yes"})
        if channel in self.shut:
            return Dead("is_archived")
        self.seen.append(call)
        return super()._usual(call)

    def told(self, channel: str) -> list[str]:
        """What was posted there, in order."""
        return [str(call.message) for call in self.seen if isinstance(call, Post) and call.channel == channel]


@pytest.fixture
def slack(world: World) -> Closable:
    world.slack = slack = Closable()
    world.deliverer = world.new_deliverer()
    return slack


@pytest.fixture
def mending(world: World, slack: Closable) -> ReopenedChannels:
    return ReopenedChannels(
        world.database,
        TEAM,
        REGISTRIES,
        common_channel=INCIDENTS,
        perform=slack.perform,
        now=world.now,
        committed=lambda: None,
    )


async def room_of(world: World, **more: Any) -> str:
    """An incident's room; its channel."""
    before = len(world.slack.of(Topic))
    await world.declare(**more)
    await world.deliver()
    return world.slack.of(Topic)[before].channel


async def said_meanwhile(world: World, *notes: str) -> None:
    for note in notes:
        world.clock.forward(minutes=1)
        await world.change(1, rules.post_update, note)
        await world.deliver()


async def dead_kinds(world: World) -> list[str]:
    async with world.database.reading() as session:
        return [row.kind for row in await outbox.dead(session, TEAM)]
