"""Leave the war room's link in the thread of the message that the incident was declared from."""

from bot.engine.delivery.handler import Handler, never, nothing
from bot.incident.domain.effects import AnswerSource, Place
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.views import messages
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: AnswerSource, scene: Scene) -> Call | None:
    """The answer in that message's thread."""
    message = messages.at_source(scene.incident, scene.room)
    return Post(effect.channel, message, scene.key, thread=effect.ts)


HANDLER = Handler(
    effect=AnswerSource,
    port=SLACK,
    lane=lanes.SOURCE,
    needs=Place.ROOM,
    patience=None,
    coalesces=False,
    what="leave the war room's link where it was declared from",
    is_told=False,  # people in the room do not need it
    latest_only=False,
    together=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
