"""What other subjects bring to incidents in the database: the incident knows none of them, and `app.py` hands it over."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement

from bot.engine.acts.history import Change
from bot.engine.store.database import Session
from bot.incident.domain import facts
from bot.incident.domain.action_lines import ActionLine
from bot.incident.domain.action_records import ActionRecord
from bot.incident.domain.effects import Effect
from bot.incident.domain.incident import Incident

# Called in the transaction of each change of an incident; returns what its Slack shows because of another subject.
Reaction = Callable[[Session, Change[Incident, facts.Fact]], Awaitable[Sequence[Effect]]]

# Reads action items of a workspace, by some numbers.
ReadActionItems = Callable[[Session, str, Collection[int]], Awaitable[Sequence[ActionLine]]]


async def no_action_items(_session: Session, _team: str, _numbers: Collection[int]) -> Sequence[ActionLine]:
    """Where there are none."""
    return ()


# Reads the records of a workspace's action items whose incidents meet some conditions.
ReadActionRecords = Callable[[Session, str, Sequence[ColumnElement[bool]]], Awaitable[Sequence[ActionRecord]]]


async def no_action_records(
    _session: Session, _team: str, _conditions: Sequence[ColumnElement[bool]]
) -> Sequence[ActionRecord]:
    """Where there are none."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionItems:
    """How action items are read.

    Attributes:
        of_incidents: by the numbers of the incidents that they come from.
        numbered: by their own numbers, in the order of these.
    """

    of_incidents: ReadActionItems = no_action_items
    numbered: ReadActionItems = no_action_items


NO_ACTION_ITEMS = ActionItems()
