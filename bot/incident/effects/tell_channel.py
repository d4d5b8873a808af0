"""Post a fact of the timeline in the thread of the announcement."""

from bot.engine.delivery.handler import Handler, never, nothing
from bot.incident.domain.effects import Place, TellChannel
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import messages
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(_effect: TellChannel, scene: Scene) -> Call | None:
    """The fact in the thread. Without an announcement nobody follows it."""
    place = scene.places.get(Place.ANNOUNCEMENT)
    if place is None:
        return None
    message = messages.told(scene.told, scene.incident, scene.names)
    return Post(place.channel, message, scene.key, thread=place.ts)


HANDLER = Handler(
    effect=TellChannel,
    port=SLACK,
    lane=lanes.ANNOUNCEMENT,  # behind the announcement
    needs=None,
    patience=None,
    coalesces=False,
    what="answer in the announcement's thread",
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
