"""The roles of a team: data of the policy. A fact and a state store only a role's key."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.incident.domain import facts
from bot.incident.domain.vocabulary import Role

_BETWEEN_WORDS = re.compile(r"[-.\s]+")


@dataclass(frozen=True, slots=True)
class RoleDefinition:
    """One role.

    Attributes:
        key: its name in facts and states, which never changes; people may type it.
        title: its full name.
        short_forms: what people may type instead.
        several: whether several people may hold it at the same time.
        duties: what its holder is told; empty if a template says it.
    """

    key: str
    title: str
    short_forms: tuple[str, ...] = ()
    several: bool = False
    duties: str = ""

    @property
    def words(self) -> frozenset[str]:
        """Everything by which it is understood."""
        return frozenset(normal(each) for each in (self.key, self.title, *self.short_forms))


@dataclass(frozen=True)  # without slots, which `cached_property` does not allow
class Roles:
    """All roles of a team, in the order in which they are shown."""

    all: tuple[RoleDefinition, ...]

    @cached_property
    def _by_key(self) -> Mapping[str, RoleDefinition]:
        return {role.key: role for role in self.all}

    @cached_property
    def _by_word(self) -> Mapping[str, str]:
        return {word: role.key for role in self.all for word in role.words}

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of all roles."""
        return tuple(self._by_key)

    def __contains__(self, key: str) -> bool:
        """Whether there is a role with this key."""
        return key in self._by_key

    def find(self, text: str) -> str | None:
        """The key of the role with this key, title or short form; None if it is not a role."""
        return self._by_word.get(normal(text))

    def title(self, key: str) -> str:
        """The title of a role; the key of one that the policy no longer has."""
        return self._by_key[key].title if key in self._by_key else key

    def several(self, key: str) -> bool:
        """Whether several people may hold this role at the same time."""
        return key in self._by_key and self._by_key[key].several

    def duties(self, key: str) -> str:
        """What the policy tells the holder of this role; empty if a template says it."""
        return self._by_key[key].duties if key in self._by_key else ""

    def with_held(self, held: Iterable[str]) -> "Roles":
        """These roles, and then those that are held although the policy no longer has them, with their keys as titles."""
        return Roles((*self.all, *(RoleDefinition(key, key) for key in held if key not in self)))


def normal(text: str) -> str:
    """A word by which something of the policy is named, however it is typed."""
    return _BETWEEN_WORDS.sub(" ", text.lower()).strip()


DEFAULT_ROLES = Roles(
    (
        RoleDefinition(Role.COMMANDER, "Incident Commander", ("ic", "lead", "command", "incident lead")),
        RoleDefinition(Role.DEPUTY, "Deputy"),
        RoleDefinition(
            Role.COMMUNICATIONS, "Communications Lead", ("comms", "comms lead", "communication lead")
        ),
        RoleDefinition(Role.OPERATIONS, "Operations Lead", ("ops", "ops lead")),
        RoleDefinition(Role.SCRIBE, "Scribe"),
        RoleDefinition(Role.LIAISON, "Customer Liaison"),
        RoleDefinition(Role.EXPERT, "Subject-Matter Expert", ("sme",), several=True),
    )
)


def titled(fact: facts.Fact, roles: Roles) -> facts.Fact:
    """The fact as it is recorded: with the titles that its roles have today, so that its sentence stays true."""
    match fact:
        case facts.RoleAssigned():
            return replace(fact, title=roles.title(fact.role))
        case facts.RolesEnded():
            return replace(fact, titles=tuple(map(roles.title, fact.roles)))
        case _:
            return fact


def title_of(fact: facts.RoleAssigned) -> str:
    """The title that the role had then. Releases up to 0.3.0 stored none, and had only roles of the default."""
    return fact.title or DEFAULT_ROLES.title(fact.role)


def titles_of(fact: facts.RolesEnded) -> Sequence[str]:
    """The titles that the roles had then."""
    return fact.titles or [DEFAULT_ROLES.title(role) for role in fact.roles]
