"""Post a fact of the timeline in the war room."""

from bot.engine.delivery.handler import Handler, never, nothing
from bot.incident.domain.effects import Place, TellRoom
from bot.incident.effects import lanes, telling
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import messages
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: TellRoom, scene: Scene) -> Call | None:
    """A message of its own."""
    return Post(scene.room, messages.told(scene.told, scene.incident, scene.names), scene.key)


HANDLER = Handler(
    effect=TellRoom,
    port=SLACK,
    lane=lanes.ROOM,
    needs=Place.ROOM,
    patience=None,
    coalesces=False,
    what="post a message",
    is_told=True,
    latest_only=False,
    together=telling.together,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
