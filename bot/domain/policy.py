"""What a team has promised: the meaning of each severity, how often it hears news, who is nudged when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Level:
    """One severity: the sentence by which people choose it, and the longest gap between two updates."""

    impact: str
    cadence: timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """The promises of one installation, read once from `policy.yml`.

    Attributes:
        levels: every severity with its meaning and cadence.
        commander_within: how long an incident may be without a commander before somebody is reminded.
        escalate_after: after a promise ran out, how long until the deputy or all role holders are asked.
        broadcast_after: after a promise ran out, how long until the incidents channel is told.
        snooze: how long one press of Snooze buys.
    """

    levels: Mapping[Severity, Level]
    commander_within: timedelta
    escalate_after: timedelta
    broadcast_after: timedelta
    snooze: timedelta

    def cadence(self, severity: Severity) -> timedelta:
        """The longest gap between two updates at this severity."""
        return self.levels[severity].cadence

    def impact(self, severity: Severity) -> str:
        """What customers feel at this severity, in one sentence."""
        return self.levels[severity].impact
