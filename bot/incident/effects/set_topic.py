"""Set the channel topic to the present state of the incident."""

from bot.engine.delivery.handler import Handler, never, nothing
from bot.incident.domain.effects import Place, SetTopic
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import card
from bot.ports.slack.calls import Call, Topic
from bot.ports.slack.port import SLACK


def render(_effect: SetTopic, scene: Scene) -> Call | None:
    """The topic of the present state."""
    return Topic(scene.room, card.topic(scene.incident))


HANDLER = Handler(
    effect=SetTopic,
    port=SLACK,
    lane=lanes.TOPIC,
    needs=Place.ROOM,
    patience=None,
    coalesces=True,
    what="set the channel topic",
    is_told=True,
    latest_only=True,
    together=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
