"""The parts of `policy.yml` about action items and near misses."""

import re
from datetime import time
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from bot.core.dates_ahead import WEEKDAYS
from bot.followup.domain.policy import ActionPolicy, NearMissPolicy
from bot.followup.domain.tracking import TrackerPolicy
from bot.followup.domain.working_hours import WorkingHours

_HOURS = re.compile(r"\s*(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})\s*")
_DEFAULT = WorkingHours()
_WITHIN_MAX = 60  # working days, as for postmortems


def _hours(value: Any) -> tuple[time, time]:
    """`09:00-17:00` as two times, the second one later."""
    match = _HOURS.fullmatch(str(value))
    try:
        start, end = (
            (time.fromisoformat(each.zfill(5)) for each in match.groups()) if match else (time(), time())
        )
    except ValueError:
        start = end = time()
    if start >= end:
        raise ValueError(f"{value!r} are no hours of a day: write two times, such as `09:00-17:00`")
    return start, end


def _days(value: list[str]) -> list[str]:
    if wrong := [each for each in value if each.lower() not in WEEKDAYS]:
        raise ValueError(f"{wrong[0]!r} is no day: write {', '.join(WEEKDAYS)}")
    return value


class ActionItemsSection(BaseModel):
    """The part of `policy.yml` about action items."""

    model_config = ConfigDict(extra="forbid")

    working_hours: Annotated[tuple[time, time], BeforeValidator(_hours)] = (_DEFAULT.start, _DEFAULT.end)
    working_days: Annotated[list[str], Field(min_length=1), AfterValidator(_days)] = [
        WEEKDAYS[each] for each in sorted(_DEFAULT.days)
    ]

    def to_policy(self, tracker: TrackerPolicy) -> ActionPolicy:
        """The policy of this section, with the defaults for what it leaves out, and with what is said about trackers."""
        days = frozenset(WEEKDAYS.index(each.lower()) for each in self.working_days)
        return ActionPolicy(WorkingHours(*self.working_hours, days), tracker)


class NearMissesSection(BaseModel):
    """The part of `policy.yml` about near misses."""

    model_config = ConfigDict(extra="forbid")

    answer_within: Annotated[int, Field(ge=1, le=_WITHIN_MAX)] = NearMissPolicy().answer_within

    def to_policy(self) -> NearMissPolicy:
        """The policy of this section, with the defaults for what it leaves out."""
        return NearMissPolicy(self.answer_within)
