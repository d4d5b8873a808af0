"""A decision that the war room could not be shown."""

from bot.engine.delivery.reopened_channels import ReopenedChannels
from tests.engine.decisions.scenario import decided, shown
from tests.engine.mending.conftest import Closable, dead_kinds, room_of
from tests.engine.reminders.scenario import time_passes
from tests.engine.world import BEN, World


async def test_a_room_that_is_open_again_shows_the_decision_once_in_its_present_state(
    world: World, slack: Closable, mending: ReopenedChannels
) -> None:
    room = await room_of(world, commander=BEN)
    slack.shut.add(room)
    await decided(world)
    await time_passes(world, 5)
    assert (await dead_kinds(world)).count("ShowDecision") == 2
    slack.shut.clear()
    await mending.reopened(room)
    await world.deliver()
    (text,) = shown(world)
    assert "*stands*" in text
    assert "ShowDecision" not in await dead_kinds(world)
