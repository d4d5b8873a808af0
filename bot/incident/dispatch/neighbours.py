"""What other subjects bring to people's acts: the incident knows none of them, and `app.py` hands them over."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.core.blocks import Block
from bot.core.messages import FindMessage, no_message
from bot.core.page_links import PageLinks
from bot.engine.store.database import Session
from bot.incident.commands.request import Request
from bot.incident.dispatch.access import Access, Sight
from bot.incident.domain.shortlist import ListedIncident
from bot.incident.store.elsewhere import (
    ReadActionItems,
    ReadActionRecords,
    no_action_items,
    no_action_records,
)

# Loads what a handler of another subject needs, and returns the request with it as `loaded`.
Load = Callable[[Request, Access], Awaitable[Request]]


# Keeps what the actor has chosen for themselves.
KeepChoice = Callable[[Session, Request, Any], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Duties:
    """What a person has to do in another subject.

    Attributes:
        blocks: how it is shown; empty if there is nothing.
        of: the incidents that it belongs to.
    """

    blocks: Sequence[Block] = ()
    of: Sequence[ListedIncident] = ()


# Finds what the actor has to do, among what they may see.
FindDuties = Callable[[Session, Request, Sight], Awaitable[Duties]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """What other subjects bring.

    Attributes:
        loaders: what their handlers name as `loads`.
        keepers: what their handlers name to keep what the actor chooses.
        duties: what people have to do in them: on the Home tab, and for `mine`.
        action_items: reads the action items that come from some incidents.
        action_records: reads their records, for figures.
        find_message: reads a message that was marked with a reaction.
        page_links: makes links to pages; None where pages are files only.
    """

    loaders: Mapping[str, Load] = field(default_factory=dict)
    keepers: Mapping[str, KeepChoice] = field(default_factory=dict)
    duties: Sequence[FindDuties] = ()
    action_items: ReadActionItems = no_action_items
    find_message: FindMessage = no_message
    action_records: ReadActionRecords = no_action_records
    page_links: PageLinks | None = None


ALONE = Neighbours()
