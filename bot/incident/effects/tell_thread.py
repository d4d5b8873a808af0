"""Post a fact of the timeline in the thread of the announcement in a further channel."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.audiences import Audience
from bot.incident.domain.effects import TellThread
from bot.incident.domain.effects.places import in_channel
from bot.incident.effects import lanes, remembering, telling
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: TellThread, context: RenderContext) -> Call | None:
    """The fact in the thread. Without an announcement nobody follows it."""
    place = context.places.get(in_channel(effect.channel))
    if place is None:
        return None
    message = telling.message(Audience.STAKEHOLDERS, context)
    return Post(place.channel, message, context.key, thread=place.ts)


HANDLER = Handler(
    effect=TellThread,
    port=SLACK,
    lane=lanes.FURTHER,  # behind the announcement
    needs=None,
    max_wait=None,
    coalesces=False,
    what="answer in the thread of the announcement in a further channel",
    warns_if_dead=True,
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=remembering.told_by_message,
    replaced=never,
    died=do_nothing,
)
