"""The part of `policy.yml` about nudges."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from bot.core.durations import Duration
from bot.incident.domain.nudge_kinds import NudgeKind
from bot.incident.domain.policy import NudgeSetting
from bot.incident.domain.vocabulary import Severity
from bot.incident.settings_severities import NamedSeverity

OFF = ("off", False)  # YAML reads `off` as false
_EVERY = frozenset(Severity)
_MINUTE, _HOUR = timedelta(minutes=1), timedelta(hours=1)

DEFAULT_NUDGES: Mapping[NudgeKind, NudgeSetting] = {
    NudgeKind.SEVERITY: NudgeSetting(10 * _MINUTE, _EVERY),
    NudgeKind.SCRIBE: NudgeSetting(15 * _MINUTE, frozenset({Severity.SEV1})),
    NudgeKind.SILENCE: NudgeSetting(30 * _MINUTE, frozenset({Severity.SEV1, Severity.SEV2})),
    NudgeKind.MITIGATED: NudgeSetting(4 * _HOUR, _EVERY),
    NudgeKind.FORGOTTEN: NudgeSetting(24 * _HOUR, frozenset({Severity.SEV3, Severity.SEV4})),
}


def _expanded(value: Any) -> Any:
    """A length of time alone, or `off`, in the long form."""
    if value in OFF:
        return {"off": True}
    return value if isinstance(value, dict) else {"after": value}


class _Nudge(BaseModel):
    model_config = ConfigDict(extra="forbid")

    off: bool = False
    after: Duration | None = None
    severities: Annotated[list[NamedSeverity] | None, Field(min_length=1)] = None

    def to_setting(self, default: NudgeSetting) -> NudgeSetting | None:
        """The setting, with the defaults for what it leaves out; None if there is no such nudge."""
        if self.off:
            return None
        severities = frozenset(self.severities) if self.severities else default.severities
        return NudgeSetting(self.after or default.after, severities)


Nudges = Annotated[
    dict[NudgeKind, Annotated[_Nudge, BeforeValidator(_expanded)]],
    BeforeValidator(lambda value: dict.fromkeys(NudgeKind, "off") if value in OFF else value),
]


def to_nudges(section: Mapping[NudgeKind, _Nudge]) -> dict[NudgeKind, NudgeSetting]:
    """The nudges of this section, with the defaults for those that it leaves out."""
    told = {kind: section.get(kind, _Nudge()).to_setting(default) for kind, default in DEFAULT_NUDGES.items()}
    return {kind: setting for kind, setting in told.items() if setting}
