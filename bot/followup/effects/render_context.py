"""What an effect of an action item is rendered from."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.engine.store.tables import (
    ActionPreferenceRow,
    ActionReminderRow,
    PersonRow,
    SlackListItemRow,
    SlackListRow,
    TrackedIssueRow,
)
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.listing import ListedItem
from bot.followup.domain.preferences import Absence
from bot.followup.domain.tracking import TrackerPolicy
from bot.followup.store import shown
from bot.incident.domain.access import Viewer, may_see
from bot.incident.domain.incident import Incident

VERIFICATION = "verification"  # the name of the place of the message that asks for one


@dataclass(frozen=True, slots=True, kw_only=True)
class RenderContext:
    """All that an effect may need.

    Attributes:
        key: the idempotency key of its message.
        incident: where the item comes from.
        room: the id of the incident's war room; empty if it has none, or none that is open.
        people: what is known of those whom the effect or the item names.
        viewers: whether these are in the war room.
        due: what the person of a reminder has to do in the next days, among what they may see.
        today: that person's own day, or the owner's.
        reminder: the latest reminder of that person; None if there is none.
        chosen: what that person has chosen about reminders; None if they have not.
        was_away: from when to when that person was away, if this is their first day back; otherwise None.
        common_channel: the id of the channel where everybody is told of things; empty if there is none.
        asked_at: channel and time stamp of the message that asked for a verification; None if there is none.
        issue: the item's issue in a tracker; None if it has none.
        tracker: what the team has decided about issues, and about the list in Slack.
        slack_list: the list in Slack; None if there was none yet.
        list_item: its row there; None if it had none yet.
    """

    item: ActionItem
    key: str
    incident: Incident
    now: datetime
    today: date
    room: str = ""
    people: Mapping[str, PersonRow] = field(default_factory=dict)
    viewers: Mapping[str, Viewer] = field(default_factory=dict)
    due: Sequence[ListedItem] = ()
    reminder: ActionReminderRow | None = None
    chosen: ActionPreferenceRow | None = None
    was_away: Absence | None = None
    common_channel: str = ""
    asked_at: tuple[str, str] | None = None
    issue: TrackedIssueRow | None = None
    tracker: TrackerPolicy = field(default_factory=TrackerPolicy)
    slack_list: SlackListRow | None = None
    list_item: SlackListItemRow | None = None

    @property
    def number(self) -> int:
        """The item's number."""
        return self.item.number

    def name(self, person: str) -> str:
        """A person's name; empty if it is not known."""
        return self.people[person].name if person in self.people else ""

    def can_be_told(self, person: str) -> bool:
        """Whether a person has an account and may know of the incident."""
        row = self.people.get(person)
        return (row is None or row.is_active) and self.may_see(person)

    def may_see(self, person: str) -> bool:
        """Whether a person may know of the incident."""
        viewer = self.viewers.get(person, Viewer(person))
        return may_see(self.incident, viewer)

    @property
    def reminds_in(self) -> str:
        """The channel where the person is reminded of what is not private; empty for a direct message."""
        return self.chosen.channel if self.chosen else ""

    @property
    def due_privately(self) -> Sequence[ListedItem]:
        """What is due, of which the person is reminded in a direct message."""
        return [each for each in self.due if each.item.private] if self.reminds_in else self.due

    @property
    def due_in_channel(self) -> Sequence[ListedItem]:
        """What is due and may be shown in a channel."""
        return [each for each in self.due if not each.item.private]

    @property
    def listed(self) -> ListedItem:
        """The item, with what is known of its owner."""
        owner = self.item.owner
        issue = shown.as_shown(self.issue) if self.issue else None
        return ListedItem(self.item, self.name(owner), self.can_be_told(owner), issue=issue)
