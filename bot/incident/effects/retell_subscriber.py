"""Edit one direct message about a fact, because its words were removed."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import RetellSubscriber
from bot.incident.effects import lanes, telling
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import told
from bot.ports.slack.calls import Call, Edit
from bot.ports.slack.port import SLACK


def render(effect: RetellSubscriber, context: RenderContext) -> Call | None:
    """The message as it counts now; nothing if nobody knows where it is."""
    place = context.places.get(told.directly(effect.seq, effect.person))
    if place is None:
        return None
    message = telling.to_subscriber_again(context, told.together(context.places, place))
    return Edit(place.channel, place.ts, message)


HANDLER = Handler(
    effect=RetellSubscriber,
    port=SLACK,
    lane=lanes.SUBSCRIBERS,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="edit a direct message to a subscriber",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=True,
    reads=Reads.TIMELINE | Reads.TOLD,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
