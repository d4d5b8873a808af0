"""What is loaded for the handlers of action items, by the names that they give as `loads`."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.core.decision import Refused
from bot.core.local_time import zone_of
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.listing import ListedItem, Page
from bot.followup.domain.preferences import Preferences
from bot.followup.domain.working_hours import WorkingHours
from bot.incident.commands.request import Request
from bot.incident.domain.permissions import Capability

ONE, TYPED, REHEARSED, LIST, REMINDERS = (
    "action item",
    "typed action item",
    "rehearsed action item",
    "action items",
    "reminders",
)  # the names of the loaders
GONE = Refused(
    "That action item is not there any more, or you may not see it. `/incident actions` lists them."
)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the actor has chosen about reminders, and when the team works."""

    own: Preferences
    hours: WorkingHours


def item_of(request: Request) -> ActionItem | None:
    """The item that the act is about, if the actor may see its incident."""
    listed = listed_of(request)
    return listed.item if listed else None


def listed_of(request: Request) -> ListedItem | None:
    """The same with what is known of its owner."""
    return request.loaded if isinstance(request.loaded, ListedItem) else None


def page_of(request: Request) -> Page:
    """The page of the list that was asked for.

    Raises:
        TypeError: the handler is not marked `loads=LIST`.
    """
    if not isinstance(request.loaded, Page):
        raise TypeError("this handler needs a page of the list: mark it loads=LIST")
    return request.loaded


def needed(request: Request) -> tuple[Capability]:
    """Everybody may do with their own items what they want; others must be allowed to change the incident."""
    item = item_of(request)
    return (Capability.OWN if item and item.owner == request.actor else Capability.CHANGE,)


def today_of(request: Request) -> date:
    """The actor's own day; without a known zone, the day where the team is, or in UTC."""
    return request.now.astimezone(request.zone or _team_zone(request)).date()


def _team_zone(request: Request) -> ZoneInfo:
    return zone_of(request.policy.time_zone or "UTC")
