"""What is loaded for the handlers of near misses, by the names that they give as `loads`."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.decision import Refused
from bot.followup.domain.near_miss import NearMiss
from bot.followup.domain.near_miss_listing import Page
from bot.incident.commands.request import Request
from bot.incident.domain.permissions import Capability

ONE, LIST, ALIKE, OF_FORM = (
    "near miss",
    "near misses",
    "near misses alike",
    "near miss of this form",
)  # the names of the loaders
GONE = Refused(
    "That near miss is not there any more, or you may not see it. `/incident nearmisses` lists them."
)


@dataclass(frozen=True, slots=True)
class Alike:
    """Earlier near misses that have words in common with what is reported.

    Attributes:
        items: the most similar first.
        may_be_read: whether the reporter may read them. What is not known of a person is not looked up for that: it would
            be stored, and tell who has just reported something.
    """

    items: Sequence[NearMiss] = ()
    may_be_read: bool = False


def item_of(request: Request) -> NearMiss | None:
    """The near miss that a button, a form or a command names, if the actor may see it."""
    return request.loaded if isinstance(request.loaded, NearMiss) else None


def page_of(request: Request) -> Page:
    """The page of the list that was asked for.

    Raises:
        TypeError: the handler is not marked `loads=LIST`.
    """
    if not isinstance(request.loaded, Page):
        raise TypeError("this handler needs a page of the list: mark it loads=LIST")
    return request.loaded


def alike_of(request: Request) -> Alike:
    """The earlier ones that are similar to what is reported.

    Raises:
        TypeError: the handler is not marked `loads=ALIKE`.
    """
    if not isinstance(request.loaded, Alike):
        raise TypeError("this handler needs similar near misses: mark it loads=ALIKE")
    return request.loaded


def needed(request: Request) -> tuple[Capability]:
    """Everybody may take back their own; others must be allowed to answer."""
    item = item_of(request)
    own = item is not None and request.actor in (item.reported_by, item.withdrawn_by)
    return (Capability.OWN if own else Capability.ANSWER,)
