"""An incident with a decision that somebody may object to."""

from datetime import timedelta
from typing import Any

from bot.incident.domain import facts, rules
from tests.engine.world import BEN, World

WINDOW = timedelta(minutes=5)


async def decided(world: World, text: str = "Fail over", **more: Any) -> None:
    """A decision of Ben's, which the war room shows."""
    await world.change(1, rules.decide, text, by=BEN, within=WINDOW, **more)
    await world.deliver()


async def with_decision(world: World, **more: Any) -> None:
    """An incident with Ben in command, and his decision."""
    await world.declare(commander=BEN, **more)
    await decided(world)
    world.slack.calls.clear()


def shown(world: World, number: int = 1) -> list[str]:
    """The messages in which Slack shows a decision now."""
    texts = [str(message.text) for message in world.slack.shown.values()]
    return [text for text in texts if text.startswith(f":scales: *Decision D{number}*")]


async def stood(world: World) -> list[facts.DecisionStands]:
    """The decisions that stand, as the timeline has them."""
    return [entry.fact for entry in await world.timeline(1) if isinstance(entry.fact, facts.DecisionStands)]
