"""Say in the war room what a fact of the timeline is."""

from bot.application.calls import Call, Post
from bot.application.effects.handler import Handler, never, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import TellRoom
from bot.incident.views import messages


def render(_effect: TellRoom, scene: Scene, _house: House) -> Call | None:
    """A message of its own."""
    return Post(scene.room, messages.told(scene.told, scene.incident, scene.names), scene.key)


HANDLER = Handler(
    effect=TellRoom,
    what="post a message",
    is_told=True,
    latest_only=False,  # several are told together, as CatchUp
    lengthy=False,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
