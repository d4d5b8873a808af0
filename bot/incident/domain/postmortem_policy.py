"""What a team has promised about postmortems: for which severities, by when, and how they are written and approved."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.incident.domain.vocabulary import Severity
from bot.incident.domain.working_days import IsHoliday, due_after, no_holidays

WITHIN = 5  # working days
REVIEWERS = 1


class DraftTemplate(StrEnum):
    """The templates of the draft. Each has a file, which a team's own file of the same name replaces."""

    FULL = "full"
    SHORT = "short"
    NEAR_MISS = "near_miss"

    @property
    def file(self) -> str:
        """The name of its file."""
        return "postmortem.md.j2" if self is DraftTemplate.FULL else f"postmortem_{self}.md.j2"


@dataclass(frozen=True, slots=True)
class PostmortemPolicy:
    """The section `postmortem` of the policy.

    Attributes:
        severities: after which a postmortem is owed; the worst one that an incident had counts.
        within: how many working days after the end it is due.
        is_holiday: which days are public holidays.
        reviewers: how many people must approve before it is published, besides its owner.
        board: the id of the channel that is told of an overdue one; empty for the incidents channel.
        templates: which template the draft of a severity uses; the full one if it is not named.
    """

    severities: Collection[Severity] = (Severity.SEV1, Severity.SEV2)
    within: int = WITHIN
    is_holiday: IsHoliday = no_holidays
    reviewers: int = REVIEWERS
    board: str = ""
    templates: Mapping[Severity, DraftTemplate] = field(default_factory=dict)

    def due_at(self, ended_at: datetime, zone: str) -> datetime:
        """When the postmortem of an incident is due that ended then (UTC), on the days of this time zone."""
        return due_after(ended_at, self.within, zone, self.is_holiday)

    def template(self, severity: Severity) -> DraftTemplate:
        """The template of a draft for this severity."""
        return self.templates.get(severity, DraftTemplate.FULL)
