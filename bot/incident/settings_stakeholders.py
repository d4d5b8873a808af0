"""The parts of `policy.yml` about people outside of the war rooms: further channels, and the morning digest."""

from datetime import time
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from bot.core.local_time import zone_of
from bot.core.mistakes import Mistakes
from bot.incident.domain.announcing import AnnounceChannel
from bot.incident.domain.digest import DigestTime
from bot.incident.settings_severities import NamedSeverity

CHANNELS_MAX = 20


def channel_id(value: str) -> str:
    """A channel's id, or empty.

    Raises:
        ValueError: it is no id.
    """
    if value and not (value[0] in "CG" and value.isalnum() and value.isupper()):
        raise ValueError(
            f"{value!r} is no channel id. In Slack, open the channel's details: the id (C…) stands at the bottom"
        )
    return value


def zone_name(value: str) -> str:
    """The IANA name of a time zone.

    Raises:
        ValueError: there is no such time zone.
    """
    try:
        zone_of(value)
    except (LookupError, ValueError, OSError) as error:
        raise ValueError(f"{value!r} is no time zone: write a name such as `Europe/Berlin`") from error
    return value


def time_of_day(value: Any) -> time:
    """A time of day, such as `09:00`.

    Raises:
        ValueError: it is none.
    """
    try:
        if isinstance(value, str) and len(value) == len("09:00"):
            return time.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f'{value!r} is no time of day: write it in quotes, such as `"09:00"`')


class AnnounceSection(BaseModel):
    """One further channel."""

    model_config = ConfigDict(extra="forbid")

    channel: Annotated[str, Field(min_length=1), AfterValidator(channel_id)]
    severities: Annotated[list[NamedSeverity], Field(min_length=1)] | None = None
    services: Annotated[list[str], Field(min_length=1)] | None = None

    @model_validator(mode="after")
    def _names_something(self) -> "AnnounceSection":
        if not (self.severities or self.services):
            raise ValueError("needs severities or services, such as `severities: [SEV1, SEV2]`")
        return self

    def to_channel(self) -> AnnounceChannel:
        """What this section says."""
        return AnnounceChannel(self.channel, frozenset(self.severities or ()), frozenset(self.services or ()))


class DigestSection(BaseModel):
    """When the morning digest is posted."""

    model_config = ConfigDict(extra="forbid")

    at: Annotated[time, BeforeValidator(time_of_day)]
    time_zone: Annotated[str, AfterValidator(zone_name)] | None = None
    weekdays: bool = False

    def to_time(self, time_zone: str) -> DigestTime:
        """What this section says; `time_zone` is that of the whole file."""
        return DigestTime(self.at, self.time_zone or time_zone, self.weekdays)


def find_mistakes(
    announce: list[AnnounceSection], digest: DigestSection | None, time_zone: str | None, wrong: Mistakes
) -> None:
    """Add what is wrong with these sections together."""
    named = [each.channel for each in announce]
    for place, channel in enumerate(named):
        if channel in named[:place]:
            wrong.add(
                "stands there twice: write all its severities and services in one place",
                "announce",
                place,
                "channel",
            )
    if digest and not (digest.time_zone or time_zone):
        wrong.add("needs a time_zone, such as `Europe/Berlin`", "digest")
