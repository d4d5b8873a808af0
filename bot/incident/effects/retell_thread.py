"""Edit the message about a fact in the announcement's thread in a further channel: its words were removed."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain.audiences import Audience
from bot.incident.domain.effects import RetellThread
from bot.incident.effects import lanes, telling
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import told
from bot.ports.slack.calls import Call, Edit
from bot.ports.slack.port import SLACK


def render(effect: RetellThread, context: RenderContext) -> Call | None:
    """The message as it counts now; nothing if there is none, or nobody knows where it is."""
    place = context.places.get(told.in_further_thread(effect.seq, effect.channel))
    if place is None:
        return None
    message = telling.message_again(Audience.STAKEHOLDERS, context, told.together(context.places, place))
    return Edit(place.channel, place.ts, message)


HANDLER = Handler(
    effect=RetellThread,
    port=SLACK,
    lane=lanes.FURTHER,  # behind the message itself
    needs=None,
    max_wait=None,
    coalesces=False,
    what="edit a message in a further channel",
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
