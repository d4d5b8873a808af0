"""The part of `policy.yml` about the review board."""

from datetime import time
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict

from bot.core.dates_ahead import WEEKDAYS
from bot.incident.settings_stakeholders import channel_id, time_of_day, zone_name
from bot.review.domain.board_policy import BoardPolicy


def _day(value: str) -> str:
    if value.lower() not in WEEKDAYS:
        raise ValueError(f"{value!r} is no day: write {', '.join(WEEKDAYS)}")
    return value.lower()


class BoardSection(BaseModel):
    """When and where the pack of the review board is posted each week."""

    model_config = ConfigDict(extra="forbid")

    day: Annotated[str, AfterValidator(_day)] = WEEKDAYS[0]
    at: Annotated[time, BeforeValidator(time_of_day)] = time(9)
    time_zone: Annotated[str, AfterValidator(zone_name)] | None = None
    channel: Annotated[str, AfterValidator(channel_id)] = ""

    def to_policy(self, time_zone: str) -> BoardPolicy:
        """What this section says; `time_zone` is that of the whole file."""
        return BoardPolicy(WEEKDAYS.index(self.day), self.at, self.time_zone or time_zone, self.channel)
