"""What a team decides about action items and near misses."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.followup.domain import near_miss
from bot.followup.domain.action_item import SUBJECT
from bot.followup.domain.tracking import TrackerPolicy
from bot.followup.domain.working_hours import WorkingHours


@dataclass(frozen=True, slots=True)
class ActionPolicy:
    """The decisions of one installation.

    Attributes:
        working_hours: when owners are reminded, in their own time zones.
        tracker: which of them have an issue in a tracker, and where.
    """

    working_hours: WorkingHours = field(default_factory=WorkingHours)
    tracker: TrackerPolicy = field(default_factory=TrackerPolicy)


def policy_of(sections: Mapping[str, Any]) -> ActionPolicy:
    """The policy about action items among those of all subjects; the default if the file has none."""
    found = sections.get(SUBJECT)
    return found if isinstance(found, ActionPolicy) else ActionPolicy()


@dataclass(frozen=True, slots=True)
class NearMissPolicy:
    """The decisions of one installation about near misses.

    Attributes:
        answer_within: within how many working days one is answered.
    """

    answer_within: int = 5


def near_miss_policy_of(sections: Mapping[str, Any]) -> NearMissPolicy:
    """The policy about near misses among those of all subjects; the default if the file has none."""
    found = sections.get(near_miss.SUBJECT)
    return found if isinstance(found, NearMissPolicy) else NearMissPolicy()
