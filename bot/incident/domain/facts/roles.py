"""Facts about roles and command."""

from dataclasses import dataclass
from typing import ClassVar

from bot.incident.domain.facts.base import BaseFact
from bot.incident.domain.vocabulary import RoleEndReason


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssigned(BaseFact):
    """`person` holds `role` from now on; `previous` held it until now.

    Attributes:
        role: its key.
        previous: None too if several people may hold the role.
        forced: whether command was taken from its holder without an offer.
        title: the role's title at that time; empty in facts of releases up to 0.3.0.
    """

    actors: ClassVar[tuple[str, ...]] = ("by", "person", "previous")

    role: str
    person: str
    previous: str | None = None
    forced: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesEnded(BaseFact):
    """`person` no longer holds these roles, and nobody has taken them over.

    Attributes:
        roles: their keys; empty if only an offer of command to them has ended.
        titles: the roles' titles at that time; empty in facts of releases up to 0.3.0.
    """

    actors: ClassVar[tuple[str, ...]] = ("by", "person")

    person: str
    roles: tuple[str, ...]
    why: RoleEndReason
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffOffered(BaseFact):
    """The commander asked `to` to take over; the commander stays in command until they accept.

    Attributes:
        instead_of: the person who was asked before and had not answered.
    """

    actors: ClassVar[tuple[str, ...]] = ("by", "to", "instead_of")

    to: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffDeclined(BaseFact):
    """The person who was asked to take over declined, or the commander took the offer back."""

    actors: ClassVar[tuple[str, ...]] = ("by", "to")

    to: str
