"""Reads `policy.yml`: every mistake in it is told at once, with the place where it stands."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot.core import plain_yaml
from bot.core.errors import WarroomError
from bot.incident.domain.policy import Level, Policy
from bot.incident.domain.vocabulary import Severity

DEFAULT = Path(__file__).parent / "policy.yml"

LONGEST = timedelta(days=365)
LONGEST_AHEAD = timedelta(
    minutes=30
)  # where a file does not say how long ahead to remind: a fifth of the cadence

_UNITS = {"s": 1, "min": 60, "h": 3600, "day": 86400, "days": 86400}
_LENGTH = re.compile(rf"\s*(\d+)\s*({'|'.join(_UNITS)})\s*")


class PolicyFileError(WarroomError):
    """The policy file cannot be used; the message lists every mistake."""


def _length(value: Any) -> timedelta:
    match = _LENGTH.fullmatch(value) if isinstance(value, str) else None
    if match is None or int(match[1]) == 0:
        raise ValueError(f"{value!r} is no length of time: write `15 min`, `2 h` or `1 day`")
    if int(match[1]) * _UNITS[match[2]] > LONGEST.total_seconds():
        raise ValueError(f"{value!r} is too long: at most {LONGEST.days} days")
    return timedelta(seconds=int(match[1]) * _UNITS[match[2]])


Length = Annotated[timedelta, BeforeValidator(_length)]


class _Level(BaseModel):
    model_config = ConfigDict(extra="forbid")

    impact: Annotated[str, Field(min_length=1, max_length=75)]  # Slack shows 75 characters beside a choice
    cadence: Length
    cadence_mitigated: Length | None = None
    remind_ahead: Length | None = None
    no_commander_broadcast: Length | None = None

    def meant(self, file: "_File") -> Level:
        """What it says, and for what it leaves out the default."""
        return Level(
            impact=self.impact,
            cadence=self.cadence,
            cadence_mitigated=self.cadence_mitigated or 2 * self.cadence,
            remind_ahead=self.remind_ahead or min(self.cadence / 5, LONGEST_AHEAD),
            no_commander_broadcast=self.no_commander_broadcast
            or file.commander_within + file.broadcast_after,
        )


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    severities: dict[str, _Level]
    commander_within: Length
    escalate_after: Length
    broadcast_after: Length
    snooze: Length

    @model_validator(mode="after")
    def _makes_sense(self) -> "_File":
        names = {severity.label for severity in Severity}
        wrong: list[str] = []
        if set(self.severities) != names:
            wrong.append(f"severities must be exactly {', '.join(sorted(names))}")
        if self.escalate_after >= self.broadcast_after:
            wrong.append("escalate_after must be shorter than broadcast_after")
        for name, level in self.severities.items():
            meant = level.meant(self)
            if meant.cadence_mitigated < meant.cadence:
                wrong.append(f"severities.{name}.cadence_mitigated must not be shorter than its cadence")
            if meant.remind_ahead >= meant.cadence:
                wrong.append(f"severities.{name}.remind_ahead must be shorter than its cadence")
            if meant.no_commander_broadcast <= self.commander_within:
                wrong.append(f"severities.{name}.no_commander_broadcast must be longer than commander_within")
        if wrong:
            raise ValueError("\n  ".join(wrong))
        return self


def load(path: Path = DEFAULT) -> Policy:
    """Read a policy file.

    Raises:
        PolicyFileError: it cannot be read, or says something that makes no sense.
    """
    try:
        document = plain_yaml.read(path)
    except OSError as error:
        raise PolicyFileError(f"cannot read {path}: {error.strerror}. Check POLICY_FILE.") from error
    except yaml.YAMLError as error:
        raise PolicyFileError(f"{path} is no YAML: {error}") from error
    try:
        file = _File.model_validate(document)
    except ValidationError as error:
        raise PolicyFileError(f"{path} has mistakes:\n{_told(error)}") from error
    return Policy(
        levels={Severity[name]: level.meant(file) for name, level in sorted(file.severities.items())},
        commander_within=file.commander_within,
        escalate_after=file.escalate_after,
        broadcast_after=file.broadcast_after,
        snooze=file.snooze,
    )


def _told(error: ValidationError) -> str:
    """Each mistake on a line: where, and what."""
    rows = []
    for mistake in error.errors():
        place = ".".join(str(step) for step in mistake["loc"]) or "the file"
        shape = mistake["type"] == "model_type"
        told = "must hold names and values, see bot/policy.yml" if shape else mistake["msg"]
        rows.append(f"  {place}: {told.removeprefix('Value error, ')}")
    return "\n".join(rows)
