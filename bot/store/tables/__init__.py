"""The tables. A row is written by the functions beside this folder; nothing else knows the columns."""

from bot.store.tables.acts import ActRow
from bot.store.tables.base import Table, Utc
from bot.store.tables.outbox import EffectRow, EffectState, is_dead, is_pending, is_warning
from bot.store.tables.people import PersonRow
from bot.store.tables.places import PlaceRow, RoomMemberRow
from bot.store.tables.reminders import ReminderRow
from bot.store.tables.streams import Counter, EntryRow, MemberRow, StreamRow, counter

__all__ = [
    "ActRow",
    "Counter",
    "EffectRow",
    "EffectState",
    "EntryRow",
    "MemberRow",
    "PersonRow",
    "PlaceRow",
    "ReminderRow",
    "RoomMemberRow",
    "StreamRow",
    "Table",
    "Utc",
    "counter",
    "is_dead",
    "is_pending",
    "is_warning",
]
