"""An outside world and the meaning of its refusals. Answers are data: only the outbox decides about retries."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol


class Call(Protocol):
    """What we ask of an outside world.

    Attributes:
        port: the key of that world.
    """

    @property
    def port(self) -> str: ...  # noqa: D102  # see above


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """What is known of an outside world. A refusal is one of its error codes.

    Attributes:
        key: its name in the outbox: a new name needs a migration.
        name: the name that people read.
        limited: the refusal that asks us to slow down.
        unsupported: the refusal of a call that it does not support at all.
        shut: the channel cannot be reached as things are. Its people can change that, and we then go on by ourselves.
        gone: what we want to show, read or change is gone: nobody can repair that.
        unchangeable: what we want to change is gone, or cannot be changed: we may show it anew.
        begun_in_vain: the result of an earlier step is gone: the effect must begin anew.
        passing: refusals about a person that may pass by themselves, for example after an admin changes the account.
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
    """It is done. `receipt` holds the data of the answer: the place of the message, or what was read."""

    receipt: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Begun:
    """A step that nobody sees yet is done. `progress` is what the next step needs, and must be stored first."""

    progress: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Retry:
    """It cannot be done now.

    Attributes:
        reason: the world's error code, or the error on the way.
        after: how long the world asked us to wait; None leaves it to the outbox.
        doubt: whether it may have taken effect although no answer came.
        unexpected: whether it ended in a way that nobody planned for, such as an invalid answer. After a few of those
            it is given up: an error that always comes back would hold up its lane for ever.
    """

    reason: str
    after: timedelta | None = None
    doubt: bool = False
    unexpected: bool = False


@dataclass(frozen=True, slots=True)
class Dead:
    """It can never be done as things are: `reason` is the world's error code.

    Attributes:
        people: for an invitation, who was not let in, and why; the others are in.
    """

    reason: str
    people: Mapping[str, str] = field(default_factory=dict)


Result = Delivered | Begun | Retry | Dead

# Does the call; `doubt` says that an earlier try may have taken effect, so it looks before it does it again.
Perform = Callable[[Any, bool], Awaitable[Result]]
