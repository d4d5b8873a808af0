"""Read who is in the war room."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.engine.delivery.handler import Handler, do_nothing, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store import outbox
from bot.incident.domain.effects import Invite, Place, ReadMembers
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import RoleEndReason
from bot.incident.effects import lanes
from bot.incident.effects.leaving import end_roles
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import rooms
from bot.ports.slack.calls import Call, FetchMembers
from bot.ports.slack.port import SLACK

# How often a war room's members are read without an event: while the incident is open, and afterwards if private.
READ_EVERY, READ_CLOSED_EVERY = timedelta(minutes=10), timedelta(days=1)


def render(_effect: ReadMembers, context: RenderContext) -> Call | None:
    """The request for the members."""
    return FetchMembers(context.room)


async def delivered(
    transaction: DeliveryTransaction, _effect: ReadMembers, receipt: Mapping[str, str]
) -> None:
    """Note who has left the room, and invite again people who could not be invited before."""
    if not receipt:  # the members cannot be read as things are
        return
    session, now, stored = transaction.session, transaction.now, await transaction.locked()
    read = await rooms.read(session, stored, receipt["members"].split(), now)
    if not read.is_first:
        await outbox.try_again(session, stored.id, Invite.__name__, SLACK.passing)
    await end_roles(session, transaction.acts, stored, dict.fromkeys(read.left, RoleEndReason.LEFT), now)
    await rooms.schedule_read(session, stored.id, _next_look(stored.state, now), looked_at=now)


def _next_look(incident: Incident, now: datetime) -> datetime | None:
    """When to read them again. For an incident that is closed and not private, only events tell."""
    if not incident.is_closed:
        return now + READ_EVERY
    return now + READ_CLOSED_EVERY if incident.private else None


HANDLER = Handler(
    effect=ReadMembers,
    port=SLACK,
    lane=lanes.INVITE,  # behind the invitations that were committed before
    needs=Place.ROOM,
    max_wait=None,
    coalesces=True,
    what="read who is in the war room",
    warns_if_dead=False,  # nobody misses it: it is read again, and events tell the rest
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=do_nothing,
)
