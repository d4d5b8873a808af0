"""Read who is in the war room."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.engine.delivery.handler import Handler, never, nothing
from bot.engine.delivery.marking import Marking
from bot.engine.store import outbox
from bot.incident.domain.effects import Invite, Place, ReadMembers
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Ending
from bot.incident.effects import lanes
from bot.incident.effects.leaving import part
from bot.incident.effects.scene import Reads, Scene
from bot.incident.store import rooms
from bot.ports.slack.calls import Call, FetchMembers
from bot.ports.slack.port import SLACK

# How often a war room's members are read without an event: while the incident is open, and afterwards if private.
LOOK_EVERY, LOOK_BACK_EVERY = timedelta(minutes=10), timedelta(days=1)


def render(_effect: ReadMembers, scene: Scene) -> Call | None:
    """The request for the members."""
    return FetchMembers(scene.room)


async def delivered(marking: Marking, _effect: ReadMembers, receipt: Mapping[str, str]) -> None:
    """Note who has left the room, and invite again people who could not be invited before."""
    if not receipt:  # the members cannot be read as things are
        return
    session, now, stored = marking.session, marking.now, await marking.locked()
    read = await rooms.read(session, stored, receipt["members"].split(), now)
    if not read.is_first:
        await outbox.try_again(session, stored.id, Invite.__name__, SLACK.passing)
    await part(session, marking.acts, stored, dict.fromkeys(read.left, Ending.LEFT), now)
    await rooms.look_again(session, stored.id, _next_look(stored.state, now), looked_at=now)


def _next_look(incident: Incident, now: datetime) -> datetime | None:
    """When to read them again. For an incident that is closed and not private, only events tell."""
    if not incident.is_closed:
        return now + LOOK_EVERY
    return now + LOOK_BACK_EVERY if incident.private else None


HANDLER = Handler(
    effect=ReadMembers,
    port=SLACK,
    lane=lanes.INVITE,  # behind the invitations that were committed before
    needs=Place.ROOM,
    patience=None,
    coalesces=True,
    what="read who is in the war room",
    is_told=False,  # nobody misses it: it is read again, and events tell the rest
    latest_only=False,
    together=None,
    lengthy=False,
    reads=Reads.NOTHING,
    render=render,
    delivered=delivered,
    replaced=never,
    died=nothing,
)
