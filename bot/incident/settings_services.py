"""The part of `policy.yml` about services."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from bot.core.mistakes import Mistakes
from bot.incident.domain.services import ServiceDefinition, Services, cannot_name
from bot.incident.settings_stakeholders import AnnounceSection

SERVICES_MAX = 100  # a menu of Slack has no more choices

Key = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]*$", max_length=30)]
_Name = Annotated[str, Field(min_length=1, max_length=75)]  # Slack shows 75 characters of a choice


class _Service(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: _Name
    short: tuple[_Name, ...] = ()


ServicesSection = Annotated[dict[Key, _Service], Field(max_length=SERVICES_MAX)]


def to_services(section: Mapping[str, _Service]) -> Services:
    """The services of this section."""
    return Services(
        tuple(
            ServiceDefinition(key, " ".join(each.title.split()), each.short) for key, each in section.items()
        )
    )


def find_service_mistakes(services: Services, announce: list[AnnounceSection], wrong: Mistakes) -> None:
    """Add services that people could not name, and those that are announced and not there."""
    said: dict[str, str] = {}
    for service in services.all:
        for word in sorted(service.words):
            if cannot_name(word):
                wrong.add(f"{word!r} cannot name a service", "services", service.key)
            elif (other := said.setdefault(word, service.key)) != service.key:
                wrong.add(f"{word!r} names {other} already", "services", service.key)
    for place, each in enumerate(announce):
        for at, key in enumerate(each.services or ()):
            if key not in services:
                known = ", ".join(known.key for known in services.all) or "none"
                why = f"{key!r} is not among the services of this file: {known}"
                wrong.add(why, "announce", place, "services", at)
