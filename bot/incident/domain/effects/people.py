"""Who is in the war room, and what they are told when they come."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Invite:
    """Bring people into the war room."""

    people: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BringOver(Invite):
    """Bring the people of a duplicate into the war room of the incident that it was merged into.

    Attributes:
        duplicate: the number of the duplicate.
    """

    duplicate: int


@dataclass(frozen=True, slots=True)
class CallIn(Invite):
    """Bring the people into the war room whom the policy calls at this severity.

    Attributes:
        groups: the user groups whose members are among them; empty once their members are.
    """

    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadMembers:
    """Read who is in the war room. That decides who sees a private incident."""


@dataclass(frozen=True, slots=True)
class TellUninvited:
    """Tell somebody directly that they could not be brought into the war room, and what helps.

    Attributes:
        reason: Slack's error code.
    """

    person: str
    reason: str


@dataclass(frozen=True, slots=True)
class BriefNewcomer:
    """Tell somebody who has joined the war room, and nobody else, how it stands and what is needed."""

    person: str
