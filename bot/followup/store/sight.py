"""Which action items a person may still see, outside of any act of theirs: for reminders."""

from collections.abc import Sequence

from bot.engine.store import people
from bot.engine.store.database import Session
from bot.followup.domain.action_item import ActionItem
from bot.incident.domain.access import Viewer, may_see
from bot.incident.store import rooms
from bot.incident.store.incidents import INCIDENTS, UNREADABLE


async def visible_to(
    session: Session, team: str, person: str, items: Sequence[ActionItem]
) -> list[ActionItem]:
    """Those of these items whose incidents the person may see; one whose incident cannot be read is left out."""
    known = (await people.known(session, team, [person])).get(person)
    is_guest = known is not None and known.is_guest
    seen: dict[int, bool] = {}
    for number in {each.incident for each in items}:
        seen[number] = await _may_see(session, team, number, person, is_guest=is_guest)
    return [each for each in items if seen[each.incident]]


async def _may_see(session: Session, team: str, number: int, person: str, *, is_guest: bool) -> bool:
    try:
        stored = await INCIDENTS.by_number(session, team, number)
    except UNREADABLE:
        return False
    if stored is None:
        return False
    (viewer,) = await rooms.viewers(session, stored, [person])
    return may_see(stored.state, Viewer(person, viewer.in_room, is_guest))
