"""What an outside world refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Warn:
    """Tell the war room that an outside world refused something, and what to do about it.

    Attributes:
        reason: the error code of the outside world.
        port: the key of the outside world.
        person: the person who is told directly, because the war room cannot be reached; empty at first.
    """

    what: str
    reason: str
    person: str = ""
    port: str = "slack"  # the only world before 0.3.0, which does not store it
