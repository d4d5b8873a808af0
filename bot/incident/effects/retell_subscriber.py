"""Edit one direct message about a fact, because its words were removed."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.effects import RetellSubscriber
from bot.incident.effects import lanes, telling
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import told
from bot.incident.views.subscribers import REMOVED
from bot.ports.slack.calls import Call, Edit, Remove
from bot.ports.slack.port import SLACK


def render(effect: RetellSubscriber, context: RenderContext) -> Call | None:
    """The message as it counts now; nothing if nobody knows where it is. Whoever may not see the incident now loses it."""
    place = context.places.get(told.directly(effect.seq, effect.person))
    if place is None:
        return None
    if context.person is None or not context.may_see(context.person):
        return Remove(place.channel, place.ts, REMOVED)
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
    reads=Reads.TIMELINE | Reads.TOLD | Reads.PEOPLE | Reads.PERSON,
    render=render,
    delivered=do_nothing,
    replaced=never,
    died=do_nothing,
)
