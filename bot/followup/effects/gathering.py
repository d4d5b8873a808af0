"""What effects of action items need to be rendered. They are few, so each is read by itself."""

from collections.abc import Callable, Sequence
from datetime import date, datetime

from bot.core.local_time import known_zone, zone_of
from bot.engine.delivery.gathering import GatheredEach, gather_each
from bot.engine.store import people, places
from bot.engine.store.database import Session
from bot.engine.store.tables import EffectRow
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.effects import (
    AskToVerify,
    CloseVerification,
    Effect,
    RemindInChannel,
    RemindOwner,
    ShowChannelReminder,
    ShowInList,
    ShowReminder,
    TellOfLostChannel,
    TellOfVerification,
)
from bot.followup.domain.listing import ListedItem
from bot.followup.domain.nudges import mentioned_until
from bot.followup.domain.policy import policy_of
from bot.followup.domain.preferences import hours_of, is_back
from bot.followup.effects.render_context import VERIFICATION, RenderContext
from bot.followup.store import items, preferences, reminders, slack_lists, tracked
from bot.followup.store.sight import visible_to
from bot.incident.domain.access import Viewer
from bot.incident.effects.installation import Installation
from bot.incident.store import rooms

_REMINDERS = (RemindOwner, ShowReminder, RemindInChannel, ShowChannelReminder)


async def gather_for(
    installation: Callable[[], Installation],
    session: Session,
    effects: Sequence[tuple[EffectRow, Effect]],
    now: datetime,
) -> GatheredEach[RenderContext]:
    """Read what these effects need at this time (UTC)."""

    async def read(row: EffectRow, effect: Effect) -> RenderContext:
        return await _context(installation(), session, row, effect, now)

    return await gather_each(effects, read)


async def _context(
    installation: Installation, session: Session, row: EffectRow, effect: Effect, now: datetime
) -> RenderContext:
    stored = await items.ITEMS.by_id(session, row.stream_id)
    item = stored.state
    of = await items.incident_of(session, stored)
    about = _about(item, effect)
    named = {item.owner, item.added_by, about, of.state.commander or ""} - {""}
    known = await people.known(session, row.team_id, named)
    zone = known_zone(known[about].zone) if about in known else ""
    today = now.astimezone(zone_of(zone or installation.policy.time_zone or "UTC")).date()
    viewers = await rooms.viewers(session, of, named)
    is_guest = {each: known[each].is_guest for each in named if each in known}
    is_open = of.state.archived_at is None
    reminds = isinstance(effect, _REMINDERS)
    chosen = await preferences.row_of(session, row.team_id, about) if reminds else None
    own = preferences.of_row(chosen)
    policy = policy_of(installation.sections)
    hours = hours_of(policy.working_hours, installation.policy.postmortem.is_holiday, own)
    lists = isinstance(effect, ShowInList)
    return RenderContext(
        item=item,
        key=row.key,
        incident=of.state,
        now=now,
        today=today,
        room=await places.own_channel(session, of.id) if is_open else "",
        people=known,
        viewers={
            each.person: Viewer(each.person, each.in_room, is_guest.get(each.person, False))
            for each in viewers
        },
        due=await _due(session, row.team_id, about, mentioned_until(today, hours)) if reminds else (),
        reminder=await reminders.of_person(session, row.team_id, about) if reminds else None,
        chosen=chosen,
        was_away=own.absence if reminds and is_back(own, hours, today) else None,
        common_channel=installation.incidents_channel,
        asked_at=await _asked_at(session, row.stream_id) if isinstance(effect, CloseVerification) else None,
        issue=await tracked.of_stream(session, stored.id),
        tracker=policy.tracker,
        slack_list=await slack_lists.of_team(session, row.team_id) if lists else None,
        list_item=await slack_lists.of_stream(session, stored.id) if lists else None,
    )


def _about(item: ActionItem, effect: Effect) -> str:
    """The person whom the effect is for."""
    if isinstance(effect, (*_REMINDERS, TellOfLostChannel)):
        return effect.owner
    return effect.person if isinstance(effect, (AskToVerify, TellOfVerification)) else item.owner


async def _asked_at(session: Session, stream_id: int) -> tuple[str, str] | None:
    place = (await places.of(session, [stream_id])).get(stream_id, {}).get(VERIFICATION)
    return (place.channel, place.ts) if place else None


async def _due(session: Session, team: str, owner: str, until: date) -> list[ListedItem]:
    """What a person is reminded of: their open items until this day, overdue ones among them, that they may see."""
    found = await items.of_owner(session, team, owner, until)
    seen: list[ActionItem] = await visible_to(session, team, owner, found)
    return await items.with_owners(session, team, seen)
