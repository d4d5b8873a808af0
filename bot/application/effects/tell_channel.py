"""Say in the thread of the announcement what a fact of the timeline is."""

from bot.application.calls import Call, Post
from bot.application.effects.handler import Handler, never, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import Place, TellChannel
from bot.incident.views import messages


def render(_effect: TellChannel, scene: Scene, _house: House) -> Call | None:
    """Where there is no announcement, nobody follows it."""
    place = scene.places.get(Place.ANNOUNCEMENT)
    if place is None:
        return None
    message = messages.told(scene.told, scene.incident, scene.names)
    return Post(place.channel, message, scene.key, thread=place.ts)


HANDLER = Handler(
    effect=TellChannel,
    what="answer in the announcement's thread",
    is_told=True,
    latest_only=True,
    lengthy=False,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
