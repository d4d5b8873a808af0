"""Facts about roles and command."""

from dataclasses import dataclass

from bot.incident.domain.facts.base import BaseFact
from bot.incident.domain.vocabulary import Role, RoleEndReason


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAssigned(BaseFact):
    """`person` holds `role` from now on; `previous` held it until now.

    Attributes:
        forced: whether command was taken from its holder without an offer.
    """

    role: Role
    person: str
    previous: str | None = None
    forced: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesEnded(BaseFact):
    """`person` no longer holds these roles, and nobody has taken them over.

    Attributes:
        roles: empty if only an offer of command to them has ended.
    """

    person: str
    roles: tuple[Role, ...]
    why: RoleEndReason


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffOffered(BaseFact):
    """The commander asked `to` to take over; the commander stays in command until they accept.

    Attributes:
        instead_of: the person who was asked before and had not answered.
    """

    to: str
    instead_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffDeclined(BaseFact):
    """The person who was asked to take over declined, or the commander took the offer back."""

    to: str
