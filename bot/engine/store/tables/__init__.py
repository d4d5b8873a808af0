"""The tables. The functions beside this folder write the rows; nothing else knows the columns."""

from bot.engine.store.tables.action_items import ActionItemRow, ActionReminderRow
from bot.engine.store.tables.action_preferences import ActionPreferenceRow
from bot.engine.store.tables.acts import ActRow
from bot.engine.store.tables.base import Table, Utc
from bot.engine.store.tables.do_not_disturb import DoNotDisturbRow
from bot.engine.store.tables.drafts import DraftRow
from bot.engine.store.tables.header import HeadItemRow, RefusedFeatureRow
from bot.engine.store.tables.nudges import NudgeRow
from bot.engine.store.tables.opened_links import OpenedLinkRow
from bot.engine.store.tables.outbox import EffectRow, EffectState, is_dead, is_done, is_pending, is_warning
from bot.engine.store.tables.people import PersonRow
from bot.engine.store.tables.places import OWN_CHANNEL, PlaceRow, RoomMemberRow
from bot.engine.store.tables.refused_blocks import RefusedBlockRow
from bot.engine.store.tables.reminders import ReminderRow
from bot.engine.store.tables.rewriting import ForgettingRow, RedactionRow
from bot.engine.store.tables.services import AffectedServiceRow
from bot.engine.store.tables.slack_lists import SlackListItemRow, SlackListRow
from bot.engine.store.tables.streams import Counter, EntryRow, MemberRow, StreamRow, counter
from bot.engine.store.tables.subscriptions import ServiceSubscriptionRow, SubscriptionRow
from bot.engine.store.tables.tracked_issues import TrackedIssueRow, TrackerPollRow
from bot.engine.store.tables.user_groups import UserGroupRow

__all__ = [
    "OWN_CHANNEL",
    "ActRow",
    "ActionItemRow",
    "ActionPreferenceRow",
    "ActionReminderRow",
    "AffectedServiceRow",
    "Counter",
    "DoNotDisturbRow",
    "DraftRow",
    "EffectRow",
    "EffectState",
    "EntryRow",
    "ForgettingRow",
    "HeadItemRow",
    "MemberRow",
    "NudgeRow",
    "OpenedLinkRow",
    "PersonRow",
    "PlaceRow",
    "RedactionRow",
    "RefusedBlockRow",
    "RefusedFeatureRow",
    "ReminderRow",
    "RoomMemberRow",
    "ServiceSubscriptionRow",
    "SlackListItemRow",
    "SlackListRow",
    "StreamRow",
    "SubscriptionRow",
    "Table",
    "TrackedIssueRow",
    "TrackerPollRow",
    "UserGroupRow",
    "Utc",
    "counter",
    "is_dead",
    "is_done",
    "is_pending",
    "is_warning",
]
