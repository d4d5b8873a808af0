"""Bring people into the war room."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.engine.delivery.handler import Handler, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store import failures, leases
from bot.incident.domain.effects import Invite, Place, TellUninvited, Warn
from bot.incident.domain.vocabulary import mention
from bot.incident.effects import lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.incident.store import rooms
from bot.ports.port import Dead
from bot.ports.slack.calls import Call, InvitePeople
from bot.ports.slack.port import SLACK

EVER = datetime(1970, 1, 1, tzinfo=UTC)


def render(effect: Invite, context: RenderContext) -> Call | None:
    """The invitation, without people who are in the room, have left it since, or no longer belong to the incident."""
    wanted = tuple(
        person
        for person in effect.people
        if person in context.incident.people
        and not context.is_in(person)
        and not context.has_left(person, context.wanted_at)
    )
    return InvitePeople(context.room, wanted) if wanted else None


async def delivered(transaction: DeliveryTransaction, _effect: Invite, receipt: Mapping[str, str]) -> None:
    """Store that they were invited, at some time since we claimed the effect: later news counts more."""
    if not receipt:
        return
    # Locked, as whoever takes the event that they have joined locks it: both write the same row, and on PostgreSQL a new
    # row waits for its stream.
    stored = await transaction.locked()
    for person in receipt["people"].split():
        await rooms.record_presence(
            transaction.session, stored, person, transaction.row.due_at - leases.LEASE, present=True
        )


async def died(transaction: DeliveryTransaction, _effect: Invite, result: Dead) -> None:
    """Say once whom Slack did not let in: to the room, by name, and to each of them."""
    for reason in dict.fromkeys(result.people.values()):
        theirs = [person for person, their_reason in result.people.items() if their_reason == reason]
        names = " and ".join(mention(person) for person in theirs)
        warning = Warn(what=f"bring {names} into the war room", reason=reason)
        if not await failures.is_known(
            transaction.session, transaction.kinds, transaction.row.stream_id, warning, EVER
        ):
            await transaction.put(warning, *(TellUninvited(person, reason) for person in theirs))


HANDLER = Handler(
    effect=Invite,
    port=SLACK,
    lane=lanes.INVITE,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="bring everybody into the war room",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=delivered,
    replaced=never,
    died=died,
)
