"""What a delivery leaves behind: places in Slack, notes that were read, names that were learned."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlmodel.ext.asyncio.session import AsyncSession

from bot.application.calls import Dead, Delivered
from bot.application.incidents import Incidents
from bot.domain import rules
from bot.domain.cadence import Nudge
from bot.domain.effects import (
    Announce,
    CloseReminder,
    Effect,
    Meet,
    OpenRoom,
    PinCard,
    Place,
    ReadMessage,
    Remind,
    ShowCard,
    ShowLink,
    Warn,
)
from bot.store import acts, failures, incidents, outbox, people, reminders
from bot.store.tables import EffectRow, PersonRow, PlaceRow
from bot.views.effects import what_failed
from bot.views.text import clip

Reminded = Callable[[Nudge, datetime], None]

_PLACE_OF = {
    ShowCard: Place.CARD,
    Announce: Place.ANNOUNCEMENT,
}
# Their failure is no news to the room: the person is told otherwise, or nobody misses it.
_SILENT = (OpenRoom, ShowLink, Warn, Meet, CloseReminder)
_UNCHANGEABLE = frozenset({"message_not_found", "edit_window_closed", "cant_update_message"})
ONCE_IN = timedelta(hours=1)  # the same warning, for one incident


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
        if not receipt:
            return
        if isinstance(effect, OpenRoom):
            await _place(session, row, Place.ROOM, receipt["channel"], "")
            await self._announce_room(session, row, now)
        elif isinstance(effect, (ShowCard, Announce)):
            await _place(session, row, _PLACE_OF[type(effect)], receipt["channel"], receipt["ts"])
        elif isinstance(effect, Remind):
            reminder = await reminders.get(session, effect.reminder)
            reminder.channel, reminder.ts = receipt["channel"], receipt["ts"]
            session.add(reminder)
            if self._reminded:
                self._reminded(effect.nudge, now)
        elif isinstance(effect, ReadMessage):
            await self._note(session, row, effect, result, now)
        elif isinstance(effect, Meet):
            await people.remember(session, person_row(row.team_id, effect.person, result, now))

    async def is_replaced(
        self, session: AsyncSession, row: EffectRow, effect: Effect | None, result: Dead
    ) -> bool:
        """Whether the card or announcement is gone, or may not be edited: then it is forgotten, and posted anew."""
        if not isinstance(effect, (ShowCard, Announce)) or result.reason not in _UNCHANGEABLE:
            return False
        place = await session.get(PlaceRow, (row.incident_id, _PLACE_OF[type(effect)]))
        if place is None:
            return False
        await session.delete(place)
        if isinstance(effect, ShowCard):  # the pin went with it
            await outbox.put(session, row.team_id, row.incident_id, [PinCard()], row.created_at)
        return True

    async def died(
        self, session: AsyncSession, row: EffectRow, effect: Effect | None, result: Dead, now: datetime
    ) -> None:
        """Tell the war room what it has to do without, and what to do about it."""
        if isinstance(effect, ReadMessage):  # it may be marked again
            await acts.forget(session, row.team_id, effect.act)
        warning = await self._warning(session, row, effect, result)
        if warning and not await failures.is_known(session, row.incident_id, warning, now - ONCE_IN):
            await outbox.put(session, row.team_id, row.incident_id, [warning], now)

    async def _warning(
        self, session: AsyncSession, row: EffectRow, effect: Effect | None, result: Dead
    ) -> Warn | None:
        """Who is to be told what: the war room; where it cannot be reached, who commands, or who declared."""
        if isinstance(effect, Warn) and not effect.person:
            incident = (await incidents.by_id(session, row.incident_id)).incident
            person = incident.commander or incident.declared_by
            return Warn(what="post in the war room", reason=result.reason, person=person)
        if effect is None or isinstance(effect, _SILENT) or self._told_before(effect, result):
            return None
        return Warn(what=what_failed(effect), reason=result.reason)

    async def _announce_room(self, session: AsyncSession, row: EffectRow, now: datetime) -> None:
        """It may have been announced already, without its room. Where that still waits, this adds nothing."""
        stored = await incidents.by_id(session, row.incident_id)
        if not stored.incident.private:
            await outbox.put(session, row.team_id, row.incident_id, [Announce()], now)

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
        stored = await incidents.by_id(session, row.incident_id)
        stored = await incidents.lock(session, stored.team, stored.incident.number) or stored
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
        seen_at=now,
    )


async def _place(session: AsyncSession, row: EffectRow, place: Place, channel: str, ts: str) -> None:
    await session.merge(
        PlaceRow(incident_id=row.incident_id, name=place, team_id=row.team_id, channel=channel, ts=ts)
    )
