"""What people are called where their names are not to be read: by the role that they had, each always the same."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.core import tokens
from bot.core.actor import is_person
from bot.incident.domain import facts
from bot.incident.domain.postmortem import Draft
from bot.incident.domain.roles import title_of
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Role

NO_ROLE = "Responder"
UNKNOWN = "a responder"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Labels(Mapping[str, str]):
    """The label of each person by id. Whoever took no part is `a responder`."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known

    def __getitem__(self, person: str) -> str:
        return self._known.get(person, UNKNOWN)

    def __contains__(self, person: object) -> bool:
        """Whether they took part."""
        return person in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


def labels(draft: Draft) -> Labels:
    """The labels of everybody in this draft, in the order in which they appear in it.

    A person has the title of the first of their roles in the usual order, and a letter if others had it too. It is the
    same in the whole document, so that a reader can follow a person whose name they do not know.
    """
    entries = sorted((entry for _, entry in draft.merged_timeline), key=lambda entry: entry.fact.at)
    people = list(dict.fromkeys(person for entry in entries for person in _people(entry)))
    titles = _titles(entries)
    called = {person: titles.get(person, NO_ROLE) for person in people}
    counted: dict[str, int] = {}
    known: dict[str, str] = {}
    shared = [*called.values()]
    for person, title in called.items():
        number = counted[title] = counted.get(title, -1) + 1
        is_alone = shared.count(title) == 1 and title != NO_ROLE
        known[person] = title if is_alone else f"{title} {_letters(number)}"
    return Labels(known)


def _people(entry: Entry) -> Sequence[str]:
    fact = entry.fact
    mentioned = [person for name in fact.words for person in _mentioned(getattr(fact, name))]
    return [each for each in (fact.by, *facts.people_in(fact), *mentioned) if is_person(each)]


def _mentioned(value: Any) -> Sequence[str]:
    return tokens.people(value) if value else ()


def _titles(entries: Sequence[Entry]) -> dict[str, str]:
    """The title of each person who had a role."""
    given = [entry.fact for entry in entries if isinstance(entry.fact, facts.RoleAssigned)]
    given.sort(
        key=lambda fact: Role.rank(fact.role), reverse=True
    )  # the first role in the order is written last
    return {fact.person: title_of(fact) for fact in given}


def _letters(number: int) -> str:
    """`A` … `Z`, then `AA`."""
    more, last = divmod(number, len(_LETTERS))
    return (_letters(more - 1) if more else "") + _LETTERS[last]
