"""The tables. A row is written by the functions beside this folder; nothing else knows the columns."""

from bot.store.tables.acts import ActRow
from bot.store.tables.base import Table, Utc
from bot.store.tables.incidents import Counter, EntryRow, IncidentRow, MemberRow
from bot.store.tables.outbox import EffectRow, EffectState, is_dead, is_pending, is_warning
from bot.store.tables.people import PersonRow
from bot.store.tables.places import PlaceRow, RoomMemberRow
from bot.store.tables.reminders import ReminderRow

__all__ = [
    "ActRow",
    "Counter",
    "EffectRow",
    "EffectState",
    "EntryRow",
    "IncidentRow",
    "MemberRow",
    "PersonRow",
    "PlaceRow",
    "ReminderRow",
    "RoomMemberRow",
    "Table",
    "Utc",
    "is_dead",
    "is_pending",
    "is_warning",
]
