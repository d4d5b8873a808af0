"""Facts about the answers to nudges."""

from dataclasses import dataclass
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.vocabulary import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class SeverityConfirmed(BaseFact):
    """Somebody keeps the severity that nobody had chosen."""

    severity: Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeDeclined(BaseFact):
    """Somebody said why what a nudge asks for is not done. It is not asked again until things change."""

    words: ClassVar[tuple[str, ...]] = ("reason",)

    nudge: NudgeKind
    reason: str
