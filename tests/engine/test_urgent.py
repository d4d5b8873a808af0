"""Messages that ask somebody to act go before messages that inform. Slack accepts one message a second per channel."""

from datetime import timedelta

from bot.incident.domain import rules
from bot.ports.port import Delivered, Result
from bot.ports.slack.calls import Call, Edit, Post
from tests.engine.test_pacing import LimitedSlack
from tests.engine.world import BEN, CLEO, INCIDENTS, World

NOTES = 150


class OneASecond(LimitedSlack):
    """Accepts one message a second per channel; nobody sees a message that was refused."""

    def __post_init__(self) -> None:
        super().__post_init__()
        self.seen: list[str] = []

    def _usual(self, call: Call) -> Result:
        result = super()._usual(call)
        if isinstance(call, Post) and isinstance(result, Delivered):
            self.seen.append(str(call.message.text))
        return result

    def _limited(self, call: Call) -> str:
        return call.channel if isinstance(call, Post) and call.channel != INCIDENTS else ""


def _slow(world: World) -> OneASecond:
    slack = OneASecond(clock=world.clock, most=1, window=timedelta(seconds=1))
    world.slack = slack
    world.deliverer = world.new_deliverer()
    return slack


async def _with_many_notes(world: World) -> int:
    """An incident whose room has minutes of notes waiting."""
    incident = await world.declare(commander=BEN)
    await world.deliver()
    world.clock.forward(seconds=1)
    for each in range(NOTES):
        await world.change(incident.number, rules.note, f"line {each}")
    return incident.number


async def _seconds_until(world: World, slack: OneASecond, words: str) -> int:
    for seconds in range(NOTES):
        await world.deliver()
        if any(words in text for text in slack.seen):
            return seconds
        world.clock.forward(seconds=1)
        await world.tick()
    return NOTES


async def test_a_reminder_does_not_wait_behind_notes(world: World) -> None:
    slack = _slow(world)
    await _with_many_notes(world)
    world.clock.forward(minutes=15)
    await world.tick()
    assert await _seconds_until(world, slack, ":alarm_clock:") <= 2


async def test_an_offer_of_command_does_not_wait_behind_notes(world: World) -> None:
    slack = _slow(world)
    number = await _with_many_notes(world)
    await world.change(number, rules.offer_handoff, CLEO, by=BEN)
    assert await _seconds_until(world, slack, "to take over command") <= 2


async def test_notes_keep_their_order_and_come_last(world: World) -> None:
    slack = _slow(world)
    number = await _with_many_notes(world)
    await world.change(number, rules.offer_handoff, CLEO, by=BEN)
    for _ in range(2 * NOTES):
        world.clock.forward(seconds=1)
        await world.deliver()
    notes = [text for text in slack.seen if "line" in text]
    lines = [int(text.rpartition("line ")[2]) for text in notes]
    assert lines == list(range(NOTES))


async def test_a_reminder_answered_while_it_waits_is_closed_after_it_was_posted(world: World) -> None:
    incident = await world.declare(commander=BEN)
    await world.deliver()
    world.clock.forward(minutes=15)
    await world.tick()
    await world.deliver()
    await world.change(incident.number, rules.post_update, "Rolling back", by=BEN)
    await world.deliver()
    assert any("answered with an update" in str(edit.message.text) for edit in world.slack.of(Edit))
