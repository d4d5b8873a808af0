"""Bring the people into the war room whom the policy calls at this severity; when they join, they are told how it stands."""

from collections.abc import Mapping
from dataclasses import replace

from bot.engine.delivery.handler import Handler, never
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store import user_groups
from bot.incident.domain.effects import CallIn, Place, Warn
from bot.incident.effects import invite, lanes
from bot.incident.effects.render_context import Reads, RenderContext
from bot.ports.slack.calls import Call, InvitePeople
from bot.ports.slack.port import SLACK

NOT_READ = "user_group_not_read_yet"


def render(effect: CallIn, context: RenderContext) -> Call | None:
    """The invitation, without people who are in the room or have left it since; nothing while groups stand for people."""
    if effect.groups or context.incident.is_closed:
        return None
    wanted = tuple(
        person
        for person in effect.people
        if not context.is_in(person) and not context.has_left(person, context.wanted_at)
    )
    return InvitePeople(context.room, wanted) if wanted else None


async def delivered(transaction: DeliveryTransaction, effect: CallIn, receipt: Mapping[str, str]) -> None:
    """Store who was invited. Before that, the members of the groups take their place, and the room is told of those unread."""
    if not effect.groups:
        await invite.delivered(transaction, effect, receipt)
        return
    found = await user_groups.of_team(transaction.session, transaction.row.team_id, effect.groups)
    known = {row.group_id: row for row in found if row.read_at and not row.trouble}
    members = [person for group in effect.groups if group in known for person in known[group].members]
    await transaction.put(replace(effect, people=tuple(dict.fromkeys([*effect.people, *members])), groups=()))
    reasons = {row.group_id: row.trouble for row in found}
    for group in effect.groups:
        if group not in known:
            what = f"call the user group {group} into the war room"
            await transaction.put(Warn(what=what, reason=reasons.get(group) or NOT_READ))


HANDLER = Handler(
    effect=CallIn,
    port=SLACK,
    lane=lanes.INVITE,
    needs=Place.ROOM,
    max_wait=None,
    coalesces=False,
    what="bring the people into the war room whom the policy calls",
    warns_if_dead=True,
    latest_only=False,
    combine=None,
    lengthy=False,
    reads=Reads.PEOPLE,
    render=render,
    delivered=delivered,
    replaced=never,
    died=invite.died,
)
