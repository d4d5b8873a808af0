"""What a delivery leaves behind: places in Slack, notes that were read, names that were learned."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.application.calls import Dead, Delivered
from bot.application.incidents import Incidents
from bot.application.leaving import part
from bot.core.text import clip
from bot.incident.domain import rules
from bot.incident.domain.access import may_see
from bot.incident.domain.cadence import Nudge
from bot.incident.domain.effects import (
    Announce,
    AnswerSource,
    Brief,
    CloseOffer,
    CloseReminder,
    Effect,
    Invite,
    Meet,
    OpenRoom,
    PinCard,
    Place,
    ReadMembers,
    ReadMessage,
    Remind,
    ShowCard,
    ShowLink,
    ShowOffer,
    TellUninvited,
    Warn,
)
from bot.incident.domain.incident import Incident
from bot.incident.domain.vocabulary import Ending, mention
from bot.incident.views.effects import what_failed
from bot.incident.views.messages import INVITATIONS
from bot.store import acts, failures, incidents, outbox, people, reminders, rooms
from bot.store.tables import EffectRow, PersonRow, PlaceRow

Reminded = Callable[[Nudge, datetime], None]

_PLACE_OF = {
    ShowCard: Place.CARD,
    Announce: Place.ANNOUNCEMENT,
    ShowOffer: Place.OFFER,
}
# Their failure is no news to the room: the person is told otherwise, or nobody misses it.
_SILENT = (
    OpenRoom,
    ShowLink,
    Warn,
    Meet,
    CloseReminder,
    CloseOffer,
    Brief,
    AnswerSource,
    ReadMembers,
    TellUninvited,
)
_UNCHANGEABLE = frozenset({"message_not_found", "edit_window_closed", "cant_update_message"})
ONCE_IN = timedelta(hours=1)  # the same warning, for one incident
EVER = datetime(1970, 1, 1, tzinfo=UTC)
# How often a war room's members are read where no event told of a change: while it is open, and after, if private.
LOOK_EVERY, LOOK_BACK_EVERY = timedelta(minutes=10), timedelta(days=1)


class Receipts:
    """Writes down, in the transaction that marks the effect, what Slack told.

    Args:
        incidents: puts what was read on the timeline.
        reminded: told of each reminder that stands in Slack, and when (UTC).
    """

    def __init__(self, incidents: Incidents, reminded: Reminded | None = None) -> None:
        self._incidents = incidents
        self._reminded = reminded
        self._unknown: set[str] = set()

    async def delivered(
        self, session: AsyncSession, row: EffectRow, effect: Effect | None, result: Delivered, now: datetime
    ) -> None:
        """Remember what the receipt tells."""
        receipt = result.receipt
        if isinstance(effect, CloseOffer):  # what comes after it is not about this offer
            await _forget(session, row, Place.OFFER)
        if not receipt:
            return
        if isinstance(effect, OpenRoom):
            await _place(session, row, Place.ROOM, receipt["channel"], "")
            await rooms.look_again(session, row.stream_id, now + LOOK_EVERY)
            await self._announce_room(session, row, now)
        elif isinstance(effect, (ShowCard, Announce, ShowOffer)):
            await _place(session, row, _PLACE_OF[type(effect)], receipt["channel"], receipt["ts"])
        elif isinstance(effect, Remind):
            reminder = await reminders.get(session, effect.reminder)
            reminder.channel, reminder.ts = receipt["channel"], receipt["ts"]
            session.add(reminder)
            if self._reminded:
                self._reminded(effect.nudge, now)
        elif isinstance(effect, ReadMessage):
            await self._note(session, row, effect, result, now)
        elif isinstance(effect, Invite):
            await self._came_in(session, row, receipt["people"].split())
        elif isinstance(effect, ReadMembers):
            await self._look(session, row, receipt["members"].split(), now)
        elif isinstance(effect, Meet):
            await people.remember(session, person_row(row.team_id, effect.person, result, now))

    async def is_replaced(
        self, session: AsyncSession, row: EffectRow, effect: Effect | None, result: Dead
    ) -> bool:
        """Whether what is to be edited is gone, or may not be edited: then it is forgotten, and posted anew."""
        if result.reason not in _UNCHANGEABLE:
            return False
        if isinstance(effect, Remind):
            reminder = await reminders.get(session, effect.reminder)
            stood, reminder.channel, reminder.ts = bool(reminder.ts), "", ""
            return stood
        if not isinstance(effect, (ShowCard, Announce)):
            return False
        if not await _forget(session, row, _PLACE_OF[type(effect)]):
            return False
        if isinstance(effect, ShowCard):  # the pin went with it
            await outbox.put(session, row.team_id, row.stream_id, [PinCard()], row.created_at)
        return True

    async def died(
        self, session: AsyncSession, row: EffectRow, effect: Effect | None, result: Dead, now: datetime
    ) -> None:
        """Tell the war room what it has to do without, and what to do about it."""
        if isinstance(effect, ReadMessage):  # it may be marked again
            await acts.forget(session, row.team_id, effect.act)
        if isinstance(effect, Invite) and result.people:
            await self._uninvited(session, row, result.people, now)
            return
        warning = await self._warning(session, row, effect, result)
        if warning and not await failures.is_known(session, row.stream_id, warning, now - ONCE_IN):
            await outbox.put(session, row.team_id, row.stream_id, [warning], now)

    async def _warning(
        self, session: AsyncSession, row: EffectRow, effect: Effect | None, result: Dead
    ) -> Warn | None:
        """Who is to be told what: the war room; where it cannot be reached, who commands, or who declared."""
        if isinstance(effect, Warn) and not effect.person:
            person = await self._to_be_told(session, row)
            return Warn(what="post in the war room", reason=result.reason, person=person) if person else None
        if effect is None or isinstance(effect, _SILENT) or self._told_before(effect, result):
            return None
        return Warn(what=what_failed(effect), reason=result.reason)

    async def _to_be_told(self, session: AsyncSession, row: EffectRow) -> str | None:
        """Who commands, who declared, or else somebody who belongs to it: the first who may see it."""
        stored = await incidents.by_id(session, row.stream_id)
        incident = stored.state
        first = [incident.commander] if incident.commander else []
        viewers = await rooms.viewers(session, stored, [*first, incident.declared_by, *incident.people])
        return next((each.person for each in viewers if may_see(incident, each)), None)

    async def _uninvited(
        self, session: AsyncSession, row: EffectRow, refused: Mapping[str, str], now: datetime
    ) -> None:
        """Slack did not let these people in: say so once, to the room by name and to each of them."""
        for reason in dict.fromkeys(refused.values()):
            theirs = [person for person, told in refused.items() if told == reason]
            names = " and ".join(mention(person) for person in theirs)
            warning = Warn(what=f"bring {names} into the war room", reason=reason)
            if not await failures.is_known(session, row.stream_id, warning, EVER):
                told = [TellUninvited(person, reason) for person in theirs]
                await outbox.put(session, row.team_id, row.stream_id, [warning, *told], now)

    async def _came_in(self, session: AsyncSession, row: EffectRow, people: Sequence[str]) -> None:
        """They were invited, at some time since we claimed the effect: what is told of later counts more."""
        stored = await incidents.by_id(session, row.stream_id)
        for person in people:
            await rooms.tell(session, stored, person, row.due_at - outbox.LEASE, present=True)

    async def _look(
        self, session: AsyncSession, row: EffectRow, members: Sequence[str], now: datetime
    ) -> None:
        """Whoever is no longer in the room has left it; whoever could not be invited may be let in by now."""
        stored = await incidents.by_id(session, row.stream_id)
        stored = await incidents.lock(session, stored.team, stored.state.number) or stored
        read = await rooms.read(session, stored, members, now)
        if not read.is_first:
            await outbox.try_again(session, stored.id, Invite, INVITATIONS)
        await part(session, self._incidents, stored, dict.fromkeys(read.left, Ending.LEFT), now)
        await rooms.look_again(session, stored.id, _next_look(stored.state, now), looked_at=now)

    async def _announce_room(self, session: AsyncSession, row: EffectRow, now: datetime) -> None:
        """It may have been announced already, without its room. Where that still waits, this adds nothing."""
        stored = await incidents.by_id(session, row.stream_id)
        if not stored.state.private:
            await outbox.put(session, row.team_id, row.stream_id, [Announce()], now)

    def _told_before(self, effect: Effect, result: Dead) -> bool:
        """A method that the server does not know is reported once, not at every turn."""
        if result.reason != "unknown_method":
            return False
        kind = type(effect).__name__
        told = kind in self._unknown
        self._unknown.add(kind)
        return told

    async def _note(
        self, session: AsyncSession, row: EffectRow, effect: ReadMessage, result: Delivered, now: datetime
    ) -> None:
        stored = await incidents.by_id(session, row.stream_id)
        stored = await incidents.lock(session, stored.team, stored.state.number) or stored
        receipt = result.receipt
        text = clip(receipt.get("text", "").strip() or "(a message without text)", rules.TEXT_MAX)
        said_at = datetime.fromtimestamp(float(effect.ts), UTC)
        await self._incidents.move(
            session,
            stored,
            lambda incident: rules.note(
                incident,
                text,
                by=effect.by,
                now=now,
                at=min(said_at, now),
                author=receipt.get("author") or effect.by,
                app=receipt.get("app", ""),
                link=receipt.get("link", ""),
                from_message=True,
                sure=True,
            ),
            now,
        )


def person_row(team: str, person: str, result: Delivered, now: datetime) -> PersonRow:
    """A person as the receipt of `FetchPerson` tells of them."""
    receipt = result.receipt
    return PersonRow(
        team_id=team,
        user_id=person,
        name=receipt["name"],
        zone=receipt.get("zone", ""),
        is_bot=receipt.get("is_bot") == "yes",
        is_guest=receipt.get("is_guest") == "yes",
        is_active=receipt.get("is_active") != "no",
        seen_at=now,
    )


def _next_look(incident: Incident, now: datetime) -> datetime | None:
    """When a war room's members are read again. Of what is over and for everybody, events alone tell."""
    if not incident.is_closed:
        return now + LOOK_EVERY
    return now + LOOK_BACK_EVERY if incident.private else None


async def _place(session: AsyncSession, row: EffectRow, place: Place, channel: str, ts: str) -> None:
    await session.merge(
        PlaceRow(stream_id=row.stream_id, name=place, team_id=row.team_id, channel=channel, ts=ts)
    )


async def _forget(session: AsyncSession, row: EffectRow, place: Place) -> bool:
    """Whether it stood anywhere."""
    known = await session.get(PlaceRow, (row.stream_id, place))
    if known is not None:
        await session.delete(known)
    return known is not None
