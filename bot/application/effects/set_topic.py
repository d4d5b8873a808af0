"""Make the channel topic say what the incident is now."""

from bot.application.calls import Call, Topic
from bot.application.effects.handler import Handler, never, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import SetTopic
from bot.incident.views import card


def render(_effect: SetTopic, scene: Scene, _house: House) -> Call | None:
    """The topic as the state is now."""
    return Topic(scene.room, card.topic(scene.incident))


HANDLER = Handler(
    effect=SetTopic,
    what="set the channel topic",
    is_told=True,
    latest_only=True,
    lengthy=False,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
