"""Tell the person who writes a postmortem that it is due."""

from collections.abc import Mapping

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.incident.domain.effects import RemindWriter
from bot.incident.domain.postmortem_nudges import is_postmortem_nudged
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.views import postmortem_nudges
from bot.ports.slack.calls import Call, Post
from bot.ports.slack.port import SLACK


def render(effect: RemindWriter, context: RenderContext) -> Call | None:
    """To them alone, or to the war room if nobody is there who could write it; nothing if it is not owed any more."""
    incident = context.incident
    if not is_postmortem_nudged(incident):
        return None
    if not effect.person:
        room = context.room_if_open
        return Post(room, postmortem_nudges.to_room(incident), context.key) if room else None
    if incident.private and context.has_left(effect.person):
        return None
    return Post(
        effect.person, postmortem_nudges.to_writer(incident, effect.person, context.room_if_open), context.key
    )


async def delivered(
    transaction: DeliveryTransaction, effect: RemindWriter, receipt: Mapping[str, str]
) -> None:
    """Count it, with its delay."""
    if receipt:
        transaction.count_reminder(effect.slot)


HANDLER = Handler(
    effect=RemindWriter,
    port=SLACK,
    lane=lanes.PEOPLE,
    needs=None,
    max_wait=None,
    coalesces=False,
    what="tell somebody that a postmortem is due",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
