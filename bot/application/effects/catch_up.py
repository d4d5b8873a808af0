"""Say in the war room, in one message, what it could not be told when it happened."""

from bot.application.calls import Call, Post
from bot.application.effects.handler import Handler, never, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import CatchUp
from bot.incident.views import catching_up


def render(_effect: CatchUp, scene: Scene, _house: House) -> Call | None:
    """All of it with its times."""
    return Post(scene.room, catching_up.missed(scene.missed, scene.incident, scene.names), scene.key)


HANDLER = Handler(
    effect=CatchUp,
    what="say what happened meanwhile",
    is_told=True,
    latest_only=False,  # several are told together
    lengthy=False,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
