"""Bring people into the war room."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.engine.delivery.handler import Handler, never
from bot.engine.delivery.marking import Marking
from bot.engine.store import failures, leases
from bot.incident.domain.effects import Invite, Place, TellUninvited, Warn
from bot.incident.domain.vocabulary import mention
from bot.incident.effects import lanes
from bot.incident.effects.scene import Reads, Scene
from bot.incident.store import rooms
from bot.ports.port import Dead
from bot.ports.slack.calls import Call, InvitePeople
from bot.ports.slack.port import SLACK

EVER = datetime(1970, 1, 1, tzinfo=UTC)


def render(effect: Invite, scene: Scene) -> Call | None:
    """The invitation, without people who are in the room, have left it since, or no longer belong to the incident."""
    wanted = tuple(
        person
        for person in effect.people
        if person in scene.incident.people
        and not scene.is_in(person)
        and not scene.has_left(person, scene.wanted_at)
    )
    return InvitePeople(scene.room, wanted) if wanted else None


async def delivered(marking: Marking, _effect: Invite, receipt: Mapping[str, str]) -> None:
    """Store that they were invited, at some time since we claimed the effect: later news counts more."""
    if not receipt:
        return
    # Locked, as whoever takes the event that they have joined locks it: both write the same row, and on PostgreSQL a new
    # row waits for its stream.
    stored = await marking.locked()
    for person in receipt["people"].split():
        await rooms.tell(marking.session, stored, person, marking.row.due_at - leases.LEASE, present=True)


async def died(marking: Marking, _effect: Invite, result: Dead) -> None:
    """Say once whom Slack did not let in: to the room, by name, and to each of them."""
    for reason in dict.fromkeys(result.people.values()):
        theirs = [person for person, told in result.people.items() if told == reason]
        names = " and ".join(mention(person) for person in theirs)
        warning = Warn(what=f"bring {names} into the war room", reason=reason)
        if not await failures.is_known(marking.session, marking.kinds, marking.row.stream_id, warning, EVER):
            await marking.put(warning, *(TellUninvited(person, reason) for person in theirs))


HANDLER = Handler(
    effect=Invite,
    port=SLACK,
    lane=lanes.INVITE,
    needs=Place.ROOM,
    patience=None,
    coalesces=False,
    what="bring everybody into the war room",
    is_told=True,
    latest_only=False,
    together=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=delivered,
    replaced=never,
    died=died,
)
