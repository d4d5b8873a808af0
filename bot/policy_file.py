"""Reads `policy.yml`: every mistake in it is told at once, with the place where it stands."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from bot import plain_yaml
from bot.domain.policy import Level, Policy
from bot.domain.vocabulary import Severity
from bot.errors import WarroomError

DEFAULT = Path(__file__).parent / "policy.yml"

LONGEST = timedelta(days=365)

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
        wrong += [
            f"severities.{name}.cadence must be longer than broadcast_after: the channel would never hear of it"
            for name, level in self.severities.items()
            if level.cadence <= self.broadcast_after
        ]
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
        levels={
            Severity[name]: Level(impact=level.impact, cadence=level.cadence)
            for name, level in sorted(file.severities.items())
        },
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
