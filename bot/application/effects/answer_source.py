"""Leave the war room's link in the thread of the message that the incident was declared from."""

from bot.application.calls import Call, Post
from bot.application.effects.handler import Handler, never, nothing
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import AnswerSource
from bot.incident.views import messages


def render(effect: AnswerSource, scene: Scene, _house: House) -> Call | None:
    """In that message's thread."""
    message = messages.at_source(scene.incident, scene.room)
    return Post(effect.channel, message, scene.key, thread=effect.ts)


HANDLER = Handler(
    effect=AnswerSource,
    what="leave the war room's link where it was declared from",
    is_told=False,  # those in the room can do without it
    latest_only=False,
    lengthy=False,
    render=render,
    delivered=nothing,
    replaced=never,
    died=nothing,
)
