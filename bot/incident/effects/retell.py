"""Edit the message about a fact in the war room, because the fact was corrected, struck or put back."""

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain import corrections
from bot.incident.domain.audiences import Audience
from bot.incident.domain.effects import Place, Retell
from bot.incident.effects import lanes, telling
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import told
from bot.incident.views import retelling
from bot.ports.slack.calls import Call, Edit
from bot.ports.slack.port import SLACK


def render(effect: Retell, context: RenderContext) -> Call | None:
    """The message as it counts now; nothing if it was not told by a message of ours, or nobody knows where that is."""
    if place := context.places.get(told.in_room(effect.seq)):
        message = telling.message_again(Audience.ROOM, context, told.together(context.places, place))
        return Edit(place.channel, place.ts, message)
    if place := context.places.get(told.later(effect.seq)):
        seqs = told.together(context.places, place)
        shown = [each for each in corrections.timeline(context.timeline) if each.number in seqs]
        return Edit(place.channel, place.ts, retelling.together(shown, context.incident, context.names))
    return None


HANDLER = Handler(
    effect=Retell,
    port=SLACK,
    lane=lanes.ROOM,  # behind the message itself
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="edit a message about a note that was corrected or struck",
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
