"""What a team has promised: the meaning of each severity, how often it hears news, who is nudged when."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from bot.incident.domain.vocabulary import Severity


@dataclass(frozen=True, slots=True)
class Level:
    """One severity: the sentence by which people choose it, and what is promised at it.

    Attributes:
        impact: what customers feel.
        cadence: the longest gap between two updates.
        cadence_mitigated: the same once customers are well again, while it is not yet resolved.
        remind_ahead: how long before an update is due its commander is reminded.
        no_commander_broadcast: how soon after the declaration the incidents channel hears that nobody commands.
    """

    impact: str
    cadence: timedelta
    cadence_mitigated: timedelta
    remind_ahead: timedelta
    no_commander_broadcast: timedelta


@dataclass(frozen=True, slots=True)
class Policy:
    """The promises of one installation, read once from `policy.yml`.

    Attributes:
        levels: every severity with its meaning and promises.
        commander_within: how long an incident may be without a commander before somebody is reminded.
        escalate_after: after a promise ran out, how long until the deputy or all role holders are asked.
        broadcast_after: after an update was due, how long until the incidents channel is told.
        snooze: how long one press of Snooze buys.
    """

    levels: Mapping[Severity, Level]
    commander_within: timedelta
    escalate_after: timedelta
    broadcast_after: timedelta
    snooze: timedelta

    def cadence(self, severity: Severity, *, mitigated: bool = False) -> timedelta:
        """The longest gap between two updates at this severity; a longer one once it is mitigated."""
        level = self.levels[severity]
        return level.cadence_mitigated if mitigated else level.cadence

    def ahead(self, severity: Severity) -> timedelta:
        """How long before an update is due its commander is reminded."""
        return self.levels[severity].remind_ahead

    def channel_hears(self, severity: Severity) -> timedelta:
        """How soon after the declaration the incidents channel hears that nobody commands."""
        return self.levels[severity].no_commander_broadcast

    def impact(self, severity: Severity) -> str:
        """What customers feel at this severity, in one sentence."""
        return self.levels[severity].impact
