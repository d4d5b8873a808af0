"""A machine can declare an incident. It is named, but is not invited, looked up or mentioned."""

from bot.core.actor import machine
from bot.incident.domain import rules
from bot.ports.slack.calls import FetchPerson, InvitePeople
from tests.engine.world import BEN, World

PROBE = machine("Checkout <probe>")


async def test_a_machine_that_declares_is_named_and_not_invited(world: World) -> None:
    incident = await world.declare(by=PROBE)
    await world.deliver()
    shown = " ".join(str(message.blocks) for message in world.slack.shown.values())
    assert "Checkout &lt;probe&gt;" in shown
    assert "machine:" not in shown
    assert not world.slack.of(InvitePeople)
    assert not world.slack.of(FetchPerson)
    assert incident.people == ()


async def test_a_machine_is_never_mentioned_or_messaged(world: World) -> None:
    await world.declare(by=PROBE)
    world.clock.forward(minutes=3)
    assert await world.tick()
    await world.deliver()
    assert "<@" not in world.slack.said()[-1]


async def test_the_timeline_names_the_machine_that_acted(world: World) -> None:
    incident = await world.declare(commander=BEN)
    await world.change(incident.number, rules.note, "five probes of ten fail", by=PROBE)
    await world.deliver()
    assert "Checkout &lt;probe&gt;" in str(list(world.slack.shown.values())[-1].blocks)
