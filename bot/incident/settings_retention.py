"""The part of `policy.yml` about how long people, words and links are kept."""

import re
from datetime import timedelta
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.core.retention import Terms

SHORTEST, LONGEST = 30, 3660  # days
KEPT_MAX = 500
_DAYS = re.compile(r"\s*(\d{1,5})\s*days?\s*")
_REFERENCE = re.compile(r"[A-Z]{2,5}-[1-9]\d{0,8}")


def _days(value: Any) -> timedelta | None:
    if value in ("off", False):  # YAML reads `off` as false
        return None
    match = _DAYS.fullmatch(value) if isinstance(value, str) else None
    if match is None or not SHORTEST <= int(match[1]) <= LONGEST:
        raise ValueError(f"{value!r} must be `off`, or {SHORTEST} to {LONGEST} days: write `400 days`")
    return timedelta(days=int(match[1]))


def _reference(value: str) -> str:
    reference = value.strip().upper()
    if not _REFERENCE.fullmatch(reference):
        raise ValueError(f"{value!r} is no name of an incident or action item: write `INC-12` or `ACT-3`")
    return reference


class RetentionSection(BaseModel):
    """How long people, words and links of what is over are kept, and what is kept all the same."""

    model_config = ConfigDict(extra="forbid")

    redact_after: Annotated[timedelta | None, BeforeValidator(_days)] = None
    keep: Annotated[list[Annotated[str, AfterValidator(_reference)]], Field(max_length=KEPT_MAX)] = []

    def to_terms(self) -> Terms:
        """What this section says."""
        return Terms(self.redact_after, tuple(dict.fromkeys(self.keep)))
