"""Rate limits: calls of a limited kind are sent one at a time, and delay nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.engine.delivery.pacing import Pacing
from bot.incident.domain import rules
from bot.incident.effects import lanes
from bot.ports.port import Result, Retry
from bot.ports.slack.calls import Call, CreateChannel, Post
from tests.conftest import NOON
from tests.engine.world import INCIDENTS, FakeSlack, World

WINDOW = timedelta(minutes=1)


@dataclass
class LimitedSlack(FakeSlack):
    """Accepts so many calls of a kind in any window of time, as Slack's tiers do per minute."""

    clock: Callable[[], datetime] = lambda: NOON
    most: int = 20
    window: timedelta = WINDOW
    refused: int = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        self.admitted: dict[str, list[datetime]] = {}

    def _usual(self, call: Call) -> Result:
        what = self._limited(call)
        if what:
            now = self.clock()
            lately = [at for at in self.admitted.get(what, []) if at > now - self.window]
            if len(lately) >= self.most:
                self.refused += 1
                return Retry("ratelimited", after=lately[0] + self.window - now)
            self.admitted[what] = [*lately, now]
        return super()._usual(call)

    def _limited(self, call: Call) -> str:
        if isinstance(call, Post):
            return "" if call.channel == INCIDENTS else call.channel
        return "create" if isinstance(call, CreateChannel) else ""


def limited(world: World, most: int) -> LimitedSlack:
    slack = LimitedSlack(clock=world.clock, most=most)
    world.slack = slack
    world.deliverer = world.new_deliverer()
    return slack


async def test_sixty_rooms_are_opened_as_fast_as_slack_allows_and_with_few_refusals(world: World) -> None:
    slack = limited(world, most=20)
    for each in range(60):
        await world.declare(f"Incident {each}")
    await world.deliver()
    assert len(slack.admitted["create"]) == 20
    refused = slack.refused
    for minute in (1, 2):
        world.clock.forward(minutes=1)
        await world.deliver()
        assert len(slack.of(CreateChannel)) - slack.refused == 20 * (minute + 1)
    assert slack.refused - refused == 1  # one refusal, which says how long to wait, after the second twenty


async def test_a_limited_kind_of_call_does_not_delay_other_kinds(world: World) -> None:
    slack = limited(world, most=1)
    first = await world.declare("The first")
    await world.deliver()
    for each in range(100):
        await world.declare(f"Incident {each}")
    await world.change(first.number, rules.post_update, "Still looking")
    await world.deliver()
    assert any("Still looking" in text for text in slack.said())
    assert slack.refused < 70  # no more than were in progress when the first one was refused


async def test_a_room_with_too_many_messages_does_not_delay_other_rooms(world: World) -> None:
    slack = limited(world, most=3)
    loud, calm = await world.declare("Loud"), await world.declare("Calm")
    await world.deliver()
    for each in range(5):
        await world.change(loud.number, rules.note, f"loud {each}")
    await world.deliver()
    await world.change(calm.number, rules.note, "calm")
    await world.deliver()
    said = " ".join(slack.said())
    assert "loud 1" in said
    assert "loud 4" not in said
    assert "calm" in said
    for _ in range(3):
        world.clock.forward(minutes=1)
        await world.deliver()
    notes = [text for text in slack.said() if "loud" in text]
    assert [f"loud {each}" in text for each, text in enumerate(dict.fromkeys(notes))] == [True] * 5


def test_a_later_refusal_never_shortens_the_wait() -> None:
    pacing = Pacing()
    pacing.slow_down("OpenRoom", lanes.OPEN, NOON, NOON + timedelta(seconds=30))
    pacing.slow_down("OpenRoom", lanes.OPEN, NOON, NOON + timedelta(seconds=10))
    assert pacing.may_go(NOON + timedelta(seconds=29), []) == []
    assert pacing.may_go(NOON + timedelta(seconds=30), []) == ["OpenRoom"]


def test_a_limited_kind_is_sent_one_call_at_a_time() -> None:
    pacing = Pacing()
    pacing.slow_down("TellRoom", lanes.ROOM, NOON, NOON + timedelta(seconds=30))
    assert pacing.may_go(NOON, []) == ["TellRoom"]  # it has to wait only in its own lane
    assert pacing.may_go(NOON, ["TellRoom"]) == []
    pacing.over("TellRoom")
    assert pacing.kinds == []
