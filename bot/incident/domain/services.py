"""The services of a team: data of the policy. A fact and a state store only a service's key."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.incident.domain import facts
from bot.incident.domain.listing import words_in
from bot.incident.domain.roles import normal
from bot.incident.domain.vocabulary import Severity

AFFECTED_MAX = 20  # services of one incident: more do not fit on the card
NONE_WORDS = frozenset({"none", "no", "nothing", "remove", "delete"})
_OTHER_WORDS = frozenset({"all", "everything", "off"})  # of the commands that take a service
_REFERENCE = re.compile(r"inc ?\d+|\d+")


@dataclass(frozen=True, slots=True)
class ServiceDefinition:
    """One service.

    Attributes:
        key: its name in facts and states, which never changes; people may type it.
        title: its full name.
        short_forms: what people may type instead.
    """

    key: str
    title: str
    short_forms: tuple[str, ...] = ()

    @property
    def words(self) -> frozenset[str]:
        """Everything by which it is understood."""
        return frozenset(normal(each) for each in (self.key, self.title, *self.short_forms))


@dataclass(frozen=True)  # without slots, which `cached_property` does not allow
class Services:
    """All services of a team, in the order in which they are shown; there may be none."""

    all: tuple[ServiceDefinition, ...] = ()

    @cached_property
    def _by_key(self) -> Mapping[str, ServiceDefinition]:
        return {service.key: service for service in self.all}

    @cached_property
    def _by_word(self) -> Mapping[str, str]:
        return {word: service.key for service in self.all for word in service.words}

    @cached_property
    def _by_piece(self) -> Mapping[str, Sequence[str]]:
        """The keys of the services by each single word of what they are called."""
        found: dict[str, list[str]] = {}
        for service in self.all:
            for piece in dict.fromkeys(words_in(" ".join(sorted(service.words)))):
                found.setdefault(piece, []).append(service.key)
        return found

    def __bool__(self) -> bool:
        """Whether there are any."""
        return bool(self.all)

    def __contains__(self, key: str) -> bool:
        """Whether there is a service with this key."""
        return key in self._by_key

    def find(self, text: str) -> str | None:
        """The key of the service with this key, title or short form; None if it is not a service."""
        return self._by_word.get(normal(text))

    def beginning_with(self, word: str) -> frozenset[str]:
        """The keys of the services of whose key, title or short forms a word is this one or begins with it."""
        return frozenset(
            key for piece, keys in self._by_piece.items() if piece.startswith(word) for key in keys
        )

    def title(self, key: str) -> str:
        """The title of a service; the key of one that the policy no longer has."""
        return self._by_key[key].title if key in self._by_key else key

    def titles(self, keys: Iterable[str]) -> tuple[str, ...]:
        """The titles of these services."""
        return tuple(map(self.title, keys))

    def named(self, text: str) -> "Named":
        """The services that are named in a text, with commas between them; between single words a space will do."""
        keys: list[str] = []
        unknown: list[str] = []
        for piece in filter(None, (each.strip() for each in text.split(","))):
            whole = self.find(piece)
            found = [whole] if whole else [self.find(word) for word in piece.split()]
            known = [each for each in found if each]
            if len(known) < len(found):
                unknown.append(piece)
            keys += known
        return Named(tuple(dict.fromkeys(keys)), tuple(unknown))


@dataclass(frozen=True, slots=True)
class Named:
    """What was found in a text.

    Attributes:
        keys: of the services, each once, in order.
        unknown: what is no service, as it was typed.
    """

    keys: tuple[str, ...]
    unknown: tuple[str, ...]


NO_SERVICES = Services()


def cannot_name(word: str) -> bool:
    """Whether a word means something else where a service is typed, or could not be typed there."""
    is_taken = word in NONE_WORDS | _OTHER_WORDS or Severity.parse(word) is not None
    return is_taken or bool(_REFERENCE.fullmatch(word)) or word[:1] in ("", "@", "<") or "," in word


def with_service_titles(fact: facts.Fact, services: Services) -> facts.Fact:
    """The fact as it is recorded: with the titles that its services have today, so that its sentence stays true."""
    match fact:
        case facts.Declared():
            return replace(fact, service_titles=services.titles(fact.services))
        case facts.ServicesChanged():
            before = services.titles(fact.old)
            return replace(fact, service_titles=services.titles(fact.services), old_titles=before)
        case _:
            return fact


def service_titles_of(fact: facts.Declared | facts.ServicesChanged) -> Sequence[str]:
    """The titles that the services had then."""
    return fact.service_titles or fact.services
