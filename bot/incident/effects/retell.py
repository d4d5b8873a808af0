"""Edit the message about a fact in the war room, because the fact was corrected, struck or put back."""

from collections.abc import Sequence

from bot.core.blocks import Message
from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.incident.domain import corrections
from bot.incident.domain.corrections import Shown
from bot.incident.domain.effects import Place, Retell
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import told
from bot.incident.views import retelling
from bot.ports.slack.calls import Call, Edit
from bot.ports.slack.port import SLACK


def render(effect: Retell, context: RenderContext) -> Call | None:
    """The message as it counts now; nothing if it was not told by a message of ours, or nobody knows where that is."""
    place = context.places.get(told.in_room(effect.seq))
    if place is None:
        return None
    together = {told.told_at(name) for name, row in context.places.items() if row.ts and row.ts == place.ts}
    return Edit(place.channel, place.ts, _message(context, together))


def _message(context: RenderContext, seqs: set[int]) -> Message:
    facts_told: Sequence[Shown] = [
        each for each in corrections.timeline(context.timeline) if each.number in seqs
    ]
    if len(facts_told) == 1:
        return retelling.retold(facts_told[0], context.incident, context.names)
    return retelling.retold_together(facts_told, context.incident, context.names)


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
