"""Say in the war room, in one message, what could not be said there when it happened."""

from bot.engine.delivery.handler import Handler, never, nothing
from bot.incident.domain.effects import CatchUp, Place
from bot.incident.effects import lanes, telling
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import catching_up
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: CatchUp, scene: Scene) -> Call | None:
    """All of it, with the times."""
    return Post(scene.room, catching_up.missed(scene.missed, scene.incident, scene.names), scene.key)


HANDLER = Handler(
    effect=CatchUp,
    port=SLACK,
    lane=lanes.ROOM,
    needs=Place.ROOM,
    patience=None,
    coalesces=False,
    what="say what happened meanwhile",
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
