"""The fact about the services that an incident affects."""

from dataclasses import dataclass

from bot.incident.domain.facts.base import BaseFact


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesChanged(BaseFact):
    """The incident affects these services, and no others.

    Attributes:
        services: their keys, in the order in which they were named; empty if it affects none of them.
        old: the keys of those before.
        service_titles: the titles that they had then.
        old_titles: the same of those before.
    """

    services: tuple[str, ...]
    old: tuple[str, ...] = ()
    service_titles: tuple[str, ...] = ()
    old_titles: tuple[str, ...] = ()
