"""Set the channel topic to the present state of the incident."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import Place, SetTopic
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import card
from bot.ports.slack.calls import Call, Topic
from bot.ports.slack.port import SLACK


def render(_effect: SetTopic, context: RenderContext) -> Call | None:
    """The topic of the present state. A channel that people had before keeps theirs."""
    if context.incident.adopted:
        return None
    return Topic(context.room, card.topic(context.incident))


HANDLER = Handler(
    effect=SetTopic,
    port=SLACK,
    lane=lanes.TOPIC,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=True,
    what="set the channel topic",
    warns_if_dead=True,
    latest_only=True,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
