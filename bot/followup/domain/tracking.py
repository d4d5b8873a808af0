"""Issues of action items in a tracker: which items have one, and what follows from a change there.

Pure: what a tracker's names are, and how it is asked, is not known here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import assert_never

from bot.core.actor import machine
from bot.core.decision import Refused
from bot.followup.domain import facts
from bot.followup.domain.action_item import ActionItem
from bot.followup.domain.rules import Decision
from bot.followup.domain.vocabulary import Kind, Priority, State

NAMES = {"github": "GitHub", "jira": "Jira"}  # of the trackers, by their keys
OFF = Refused("No issue tracker is set up: `trackers` in the policy names one (docs/trackers.md).")
POLL = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackerPolicy:
    """What a team decides about issues of its action items. By default there are none.

    Attributes:
        tracker: the key of the tracker; empty if there is none.
        place: the repository, or the key of the project.
        issue_type: the kind of issue, for a tracker that has kinds.
        sends_all: whether every new item gets an issue.
        kinds: otherwise the kinds of items that get one by themselves; with none, the kind does not matter.
        priorities: the same for priorities. With neither, an item gets an issue only if somebody asks for it.
        private: whether items of private incidents may have one.
        people: the logins or accounts of people there, by their ids in Slack.
        poll: how often the tracker is asked what has changed, where it cannot call us.
        slack_list: whether open items are shown in a list in Slack too, whatever the tracker.
    """

    tracker: str = ""
    place: str = ""
    issue_type: str = ""
    labels: Sequence[str] = ()
    sends_all: bool = False
    kinds: frozenset[Kind] = frozenset()
    priorities: frozenset[Priority] = frozenset()
    private: bool = False
    people: Mapping[str, str] = field(default_factory=dict)
    poll: timedelta = POLL
    slack_list: bool = False

    @property
    def is_on(self) -> bool:
        """Whether there is a tracker."""
        return bool(self.tracker)

    @property
    def name(self) -> str:
        """The name of the tracker, as people know it; empty if there is none."""
        return NAMES.get(self.tracker, self.tracker)

    def allows(self, *, private: bool) -> bool:
        """Whether an item may have an issue; what is private stays here unless the policy says so."""
        return self.is_on and (self.private or not private)

    def sends(self, item: ActionItem) -> bool:
        """Whether a new item gets an issue by itself."""
        if not self.allows(private=item.private):
            return False
        if self.sends_all:
            return True
        if not self.kinds and not self.priorities:
            return False
        fits = not self.kinds or item.kind in self.kinds
        return fits and (not self.priorities or item.priority in self.priorities)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedIssue:
    """The issue of an action item, as lists show it.

    Attributes:
        tracker: the key of the tracker.
        name: its name for people: `acme/checkout#12`, or `OPS-12`; empty if it was not created yet.
        url: its address; empty if it was not created yet.
        trouble: why the last change could not be made there; empty if all is well.
    """

    tracker: str
    name: str
    url: str
    trouble: str = ""

    @property
    def where(self) -> str:
        """The name of the tracker, as people know it."""
        return NAMES.get(self.tracker, self.tracker)


def actor(tracker: str) -> str:
    """Who does what was done in a tracker. What this actor did is never sent back there."""
    return machine(NAMES.get(tracker, tracker))


def send(item: ActionItem, policy: TrackerPolicy, *, by: str, now: datetime) -> Decision:
    """Somebody asks for an issue of it, or for another try."""
    if not policy.is_on:
        return OFF
    if not policy.allows(private=item.private):
        return Refused(
            f"{item.reference} comes from a private incident, and the policy keeps those out of {policy.name}."
        )
    return (facts.ActionItemSent(at=now, by=by),)


def follow(item: ActionItem, there: State, link: str, *, by: str, now: datetime) -> Sequence[facts.Fact]:
    """What follows here from how its issue is now: closed there, it is over here; open there, it is open here.

    Which of the two ends it has matters only to an open item: not every tracker can tell them apart.

    Args:
        item: as it is here.
        there: what has become of the issue.
        link: the address of the issue, by which others see that it is so.
        by: the tracker, as an actor.
        now: the time (UTC).
    """
    if (there is State.OPEN) == item.is_open:
        return ()
    match there:
        case State.OPEN:
            return (facts.ActionItemReopened(at=now, by=by),)
        case State.DONE:
            return (facts.ActionItemDone(at=now, by=by, proof=link),)
        case State.NOT_DOING:
            return (facts.ActionItemDropped(at=now, by=by, reason=f"closed as not planned: {link}"),)
        case _:
            assert_never(there)
