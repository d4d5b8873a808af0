"""Records what is due: each reminder once, one message a day for each person, and who has lost an owner."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.local_time import known_zone, zone_of
from bot.engine.clock.due import Recorded
from bot.engine.store import people, reminders
from bot.engine.store.database import Session
from bot.engine.store.reminders import Identity, Reminder
from bot.engine.store.tables import PersonRow
from bot.followup.domain.effects import (
    Effect,
    RemindInChannel,
    RemindOwner,
    ShowChannelReminder,
    ShowReminder,
    TellWithoutOwner,
)
from bot.followup.domain.nudges import nudges, wait_until
from bot.followup.domain.policy import policy_of
from bot.followup.domain.preferences import NOTHING_CHOSEN, Preferences, hours_of
from bot.followup.domain.working_hours import WorkingHours
from bot.followup.store import preferences
from bot.followup.store import reminders as messages
from bot.followup.store.items import Stored
from bot.followup.store.sight import visible_to
from bot.incident.effects.installation import Installation

LOOK_AGAIN = timedelta(hours=6)  # people leave, move, and change the policy
Owner = tuple[str, str]  # the workspace, and the id of the person
PROMISE = "action item"  # in the place of a promise; which reminder it is stands in the place of the step
LEFT = "action item without owner"


@dataclass(frozen=True, slots=True)
class Nudges:
    """Records the reminders of action items.

    Attributes:
        installation: returns the policy that counts now.
    """

    installation: Callable[[], Installation]

    async def record(self, session: Session, claimed: Sequence[Stored], now: datetime) -> Recorded:
        """Record what is due for some locked action items at `now` (UTC)."""
        looks: dict[int, datetime | None] = {each.id: None for each in claimed}
        left: list[Reminder] = []
        wanted: dict[Identity, Stored] = {}
        owners = await self._owners(session, claimed)
        chosen = await _chosen(session, claimed)
        for stored in claimed:
            item = stored.state
            if not item.is_open:
                continue
            looks[stored.id] = now + LOOK_AGAIN
            person = owners.get((stored.team, item.owner))
            if not await _can_do_it(session, stored, person):
                identity = Identity(stored.id, LEFT, item.given_at, 0)
                left.append(Reminder(stored.team, identity, broadcast=False, is_posted=False))
                continue
            hours = self._hours(chosen.get((stored.team, item.owner), NOTHING_CHOSEN))
            zone = self._zone(person)
            due, ahead = nudges(item, hours, zone, now)
            begin = wait_until(now, hours, zone) if due else None
            if due and begin is None:
                slot = datetime(due.day.year, due.day.month, due.day.day, tzinfo=now.tzinfo)
                wanted[Identity(stored.id, PROMISE, slot, due.rung)] = stored
            looks[stored.id] = min(each for each in (now + LOOK_AGAIN, begin, ahead and ahead.at) if each)
        new_left = await reminders.add(session, left, now)
        effects: list[tuple[str, int, Effect]] = [
            (stored.team, stored.id, TellWithoutOwner(stored.state.owner))
            for stored in claimed
            if any(identity.stream_id == stored.id for identity in new_left)
        ]
        reminded = await self._remind(session, wanted, owners, chosen, now)
        return Recorded(len(effects) + len(reminded), [*effects, *reminded], looks)

    async def _remind(
        self,
        session: Session,
        wanted: dict[Identity, Stored],
        owners: dict[Owner, PersonRow],
        chosen: Mapping[Owner, Preferences],
        now: datetime,
    ) -> list[tuple[str, int, Effect]]:
        """One message for each person, whatever of theirs is due, and at most one on each of their days."""
        due = [
            Reminder(stored.team, identity, broadcast=False, is_posted=False)
            for identity, stored in wanted.items()
        ]
        new = await reminders.add(session, due, now)
        first: dict[Owner, Stored] = {}
        for identity in new:
            stored = wanted[identity]
            first.setdefault((stored.team, stored.state.owner), stored)
        effects: list[tuple[str, int, Effect]] = []
        for (team, owner), stored in sorted(first.items()):
            today = now.astimezone(zone_of(self._zone(owners.get((team, owner))))).date()
            is_first = bool(await messages.claim(session, team, [(owner, today)], now))
            found: list[Effect] = [RemindOwner(owner) if is_first else ShowReminder(owner)]
            if chosen.get((team, owner), NOTHING_CHOSEN).channel:
                found.append(RemindInChannel(owner) if is_first else ShowChannelReminder(owner))
            effects += [(team, stored.id, each) for each in found]
        return effects

    def _hours(self, own: Preferences) -> WorkingHours:
        house = self.installation()
        hours = policy_of(house.sections).working_hours
        return hours_of(hours, house.policy.postmortem.is_holiday, own)

    def _zone(self, person: PersonRow | None) -> str:
        """The IANA name of the zone in which a person works."""
        own = known_zone(person.zone) if person else ""
        return own or self.installation().policy.time_zone or "UTC"

    async def _owners(self, session: Session, claimed: Sequence[Stored]) -> dict[Owner, PersonRow]:
        found: dict[Owner, PersonRow] = {}
        for team in {each.team for each in claimed}:
            theirs = {each.state.owner for each in claimed if each.team == team}
            known = await people.known(session, team, theirs)
            found |= {(team, person): row for person, row in known.items()}
        return found


async def _chosen(session: Session, claimed: Sequence[Stored]) -> dict[Owner, Preferences]:
    found: dict[Owner, Preferences] = {}
    for team in {each.team for each in claimed}:
        theirs = {each.state.owner for each in claimed if each.team == team}
        own = await preferences.of_people(session, team, theirs)
        found |= {(team, person): each for person, each in own.items()}
    return found


async def _can_do_it(session: Session, stored: Stored, person: PersonRow | None) -> bool:
    """Whether the owner still has an account, and may still see the incident."""
    if person is not None and not person.is_active:
        return False
    is_guest = person is not None and person.is_guest
    if not stored.state.private and not is_guest:
        return True
    return bool(await visible_to(session, stored.team, stored.state.owner, [stored.state]))
