"""The registry of commands, buttons, forms and shortcuts. Modules register theirs with decorators."""

import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum
from functools import partial
from types import ModuleType
from typing import TypeVar

import bot.incident.commands
from bot.incident.commands.request import Outcome, Request, Wants
from bot.incident.domain.permissions import Capability

T = TypeVar("T")
_NONE: Mapping[str, str] = {}
Handler = Callable[[Request], Outcome]
NamesOther = Callable[[str], bool]
Needs = Callable[[Request], Sequence[Capability]]


class About(Enum):
    """What a handler is about, and the heading under which help lists its command."""

    NOTHING = "Anywhere"
    INCIDENT = "In a war room"


NOTHING, INCIDENT = About.NOTHING, About.INCIDENT


@dataclass(frozen=True, slots=True)
class Action:
    """A handler and what must be loaded for it.

    Attributes:
        about: a handler that is about an incident is called only if there is one.
        may: what a person must be allowed to do, so that it is called.
        needs: what they must be allowed to do instead, if that depends on what they typed or chose.
        loads: what another subject loads for its handler, by the name of its loader; empty if nothing.
    """

    handle: Handler
    about: About
    may: Capability
    wants: Wants = Wants.NOTHING
    needs: Needs | None = None
    loads: str = ""

    def needed(self, request: Request) -> Sequence[Capability]:
        """What the person must be allowed to do for this request."""
        return self.needs(request) if self.needs else (self.may,)


@dataclass(frozen=True, slots=True)
class Command:
    """One command of `/incident`, such as `declare`.

    Attributes:
        free_text: whether the rest is a sentence, which may begin with another incident's reference.
        asks_if_ambiguous: whether it closes or reopens an incident. If it is unclear which one is meant, the bot asks.
        closed_only: whether it applies only to closed incidents.
        names_another: whether a reference alone, typed in a war room, names another incident than the one it is about.
        names_other: whether a text names something of another subject; then its loader finds the incident of that.
    """

    name: str
    usage: str
    summary: str
    details: str
    action: Action
    free_text: bool = False
    asks_if_ambiguous: bool = False
    closed_only: bool = False
    names_another: bool = False
    names_other: NamesOther | None = None

    @property
    def takes_text(self) -> bool:
        """Whether it does something with what is typed after it, other than the incident's reference."""
        return self.usage.partition(" ")[2] not in ("", "[INC-1]")


COMMANDS: dict[str, Command] = {}
SYNONYMS: dict[
    str, tuple[str, str]
] = {}  # what people type instead of a command: the command, and the text that it adds
BUTTONS: dict[str, Action] = {}
FORMS: dict[str, Action] = {}
SHORTCUTS: dict[str, Action] = {}


def command(
    name: str,
    usage: str,
    summary: str,
    details: str = "",
    *,
    about: About,
    may: Capability,
    needs: Needs | None = None,
    wants: Wants = Wants.NOTHING,
    loads: str = "",
    free_text: bool = False,
    asks_if_ambiguous: bool = False,
    closed_only: bool = False,
    names_another: bool = False,
    names_other: NamesOther | None = None,
    synonyms: Mapping[str, str] = _NONE,
) -> Callable[[Handler], Handler]:
    """Declare the handler of `/incident <name>`.

    Args:
        name: what people type.
        usage: the command with its arguments, as help shows it.
        summary: one line.
        details: more, for `help <name>`.
        about: an incident, or nothing. If there is no incident, the person is told what to do instead.
        may: see `Action`.
        needs: see `Action`.
        wants: what to load first.
        loads: see `Action`.
        free_text: see `Command`.
        asks_if_ambiguous: see `Command`.
        closed_only: see `Command`.
        names_another: see `Command`.
        names_other: see `Command`.
        synonyms: other words for it, each with the text that it adds before what was typed: `scribe` for `assign`.
    """

    def register(handle: Handler) -> Handler:
        action = Action(handle, about, may, wants, needs, loads)
        _add(
            COMMANDS,
            name,
            Command(
                name,
                usage,
                summary,
                details,
                action,
                free_text,
                asks_if_ambiguous,
                closed_only,
                names_another,
                names_other,
            ),
        )
        for synonym, before in synonyms.items():
            _add(SYNONYMS, synonym, (name, before))
        return handle

    return register


def button(
    action_id: str,
    *,
    about: About,
    may: Capability,
    wants: Wants = Wants.NOTHING,
    needs: Needs | None = None,
    loads: str = "",
) -> Callable[[Handler], Handler]:
    """Declare the handler of this button."""
    action = partial(Action, about=about, may=may, wants=wants, needs=needs, loads=loads)
    return _declaring(BUTTONS, action_id, action)


def form(
    callback_id: str,
    *,
    about: About,
    may: Capability,
    wants: Wants = Wants.NOTHING,
    needs: Needs | None = None,
    loads: str = "",
) -> Callable[[Handler], Handler]:
    """Declare the handler of this form, called when it is submitted."""
    action = partial(Action, about=about, may=may, wants=wants, needs=needs, loads=loads)
    return _declaring(FORMS, callback_id, action)


def shortcut(
    callback_id: str,
    *,
    about: About,
    may: Capability,
    wants: Wants = Wants.NOTHING,
    needs: Needs | None = None,
) -> Callable[[Handler], Handler]:
    """Declare the handler of a global or message shortcut."""
    return _declaring(SHORTCUTS, callback_id, partial(Action, about=about, may=may, wants=wants, needs=needs))


def nearest(typed: str) -> list[str]:
    """At most two commands that a misspelt one may have meant, best first: a wrong guess is worse than none."""
    known = sorted([*COMMANDS, *SYNONYMS])
    close = get_close_matches(typed.lower(), known, n=2, cutoff=0.75)
    return list(dict.fromkeys(SYNONYMS[each][0] if each in SYNONYMS else each for each in close))


def find_command(typed: str) -> tuple[Command, str] | None:
    """The command of this name or synonym, and the text that the synonym adds; None if it is neither."""
    name, before = SYNONYMS.get(typed.lower(), (typed.lower(), ""))
    return (COMMANDS[name], before) if name in COMMANDS else None


def discover(package: ModuleType = bot.incident.commands) -> None:
    """Import every module of a package of commands, so that each registers its handlers."""
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")


def _declaring(
    table: dict[str, Action], name: str, action: Callable[[Handler], Action]
) -> Callable[[Handler], Handler]:
    def register(handle: Handler) -> Handler:
        _add(table, name, action(handle))
        return handle

    return register


def _add(table: dict[str, T], name: str, entry: T) -> None:
    if name in table:
        raise ValueError(f"two handlers for {name!r}")
    table[name] = entry
