"""An outside world: what its refusals mean. Its answers are data, so that retries are decided in one place, the outbox."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol


class Call(Protocol):
    """What is asked of an outside world.

    Attributes:
        port: the key of that world.
    """

    @property
    def port(self) -> str: ...  # noqa: D102  # see above


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """What is known of an outside world. Refusals are its error codes.

    Attributes:
        key: its name in the outbox: renaming one takes a migration.
        name: as people read it.
        limited: asks to slow down.
        unsupported: it does not know what was asked at all.
        shut: the channel cannot be reached as things are. Its people can change that, and then we go on by ourselves.
        gone: what was to be shown, read or changed is gone: nobody can mend that.
        unchangeable: what was to be changed is gone, or may not be changed: it may be shown anew.
        begun_in_vain: what an earlier step has left there is gone: it has to begin anew.
        passing: about a person, so that it may pass by itself, as when an admin changes their account.
        remedies: what to do about a refusal.
    """

    key: str
    name: str
    limited: str
    unsupported: str
    shut: frozenset[str]
    gone: frozenset[str]
    unchangeable: frozenset[str]
    begun_in_vain: frozenset[str]
    passing: frozenset[str]
    remedies: Mapping[str, str]

    def advice(self, reason: str) -> str:
        """What to do about a refusal, and when it is tried again."""
        if reason not in self.remedies:
            return "Please do it by hand if it matters; `warroom doctor` shows the details."
        if reason in self.shut:
            return f"{self.remedies[reason]} Then I catch up by myself."
        if reason in self.passing:
            return f"{self.remedies[reason]} I try again by myself."
        return f"{self.remedies[reason]} Then an operator runs `warroom outbox retry`."


@dataclass(frozen=True, slots=True)
class Delivered:
    """It is done. `receipt` holds what the answer told: where it stands, or what was read."""

    receipt: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Begun:
    """A step of it is done that nobody sees yet. `progress` is what the next step needs, and is to be kept first."""

    progress: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Retry:
    """Not now.

    Attributes:
        reason: the world's error code, or what went wrong on the way.
        after: how long we were asked to wait; None leaves it to the outbox.
        doubt: whether it may have taken effect although no answer came.
        unexpected: whether it ended in a way that is nobody's plan, such as an answer that is none. A few of those,
            and it is given up: what happens again and again would hold up its lane for ever.
    """

    reason: str
    after: timedelta | None = None
    doubt: bool = False
    unexpected: bool = False


@dataclass(frozen=True, slots=True)
class Dead:
    """Never, as things are: `reason` is the world's error code.

    Attributes:
        people: of an invitation, who was not let in, and why; the others are in.
    """

    reason: str
    people: Mapping[str, str] = field(default_factory=dict)


Result = Delivered | Begun | Retry | Dead

# Does the call; `doubt` says that an earlier try may have taken effect, so look before doing it again.
Perform = Callable[[Any, bool], Awaitable[Result]]
