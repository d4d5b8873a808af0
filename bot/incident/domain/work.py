"""What people did in incidents, for figures about their load."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """That a person did something in an incident.

    Attributes:
        number: the incident's number.
        at: when it was recorded (UTC), also if it was about an earlier time.
    """

    number: int
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Duty:
    """That a person got a role in an incident.

    Attributes:
        role: its key.
    """

    number: int
    person: str
    role: str


@dataclass(frozen=True, slots=True)
class Work:
    """What people did in the incidents that were declared in a period.

    Attributes:
        deeds: in the order in which they were recorded.
        zones: the time zones of people, by id, where they are known.
    """

    deeds: Sequence[Deed] = ()
    duties: Sequence[Duty] = ()
    zones: Mapping[str, str] = field(default_factory=dict)


NO_WORK = Work()
