"""What delivery knows of one kind of effect."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Flag
from typing import Any, Generic, TypeVar

from bot.engine.delivery.lane import Lane
from bot.engine.delivery.marking import Marking
from bot.ports.port import Call, Dead, Port

E = TypeVar("E")  # the effect
X = TypeVar("X")  # the scene: what the subject gathers for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler(Generic[E, X]):
    """One kind of effect. There are no defaults: what does not apply is said, so that nothing can be wrong silently.

    Attributes:
        effect: its type.
        port: the outside world that is asked to show it.
        lane: what it stands in line with.
        needs: the place that must exist before it is delivered; None where it needs none.
        patience: how long it waits for what it needs; None: for ever.
        coalesces: whether one that waits stands for all that come later: it will show the latest state.
        latest_only: whether it shows what is so now, so that of several dead ones only the last is tried again.
        together: the one effect that says what several dead ones would have said; None where each is tried by itself.
        lengthy: whether it takes so long to put into words that nobody else is to wait for it.
        reads: what the subject gathers for it beyond what it gathers for all; None where that is all.
        what: what could not be done where it dies, as it follows on "I could not".
        is_told: whether people are warned where it dies.
        render: the call that shows it, from the state of this very moment; None where there is nothing to show any
            more. It raises LookupError where the scene lacks what the effect needs, and TemplateBrokenError where a
            template of the user's own does not render.
        delivered: remembers what the answer tells. The receipt is empty where it tells nothing, as of an edit.
        replaced: forgets what is to be edited, where that is gone, or may not be edited; whether it is posted anew.
        died: what follows beside the warning, where it is given up.
    """

    effect: type[E]
    port: Port
    lane: Lane
    needs: str | None
    patience: timedelta | None
    coalesces: bool
    latest_only: bool
    together: Callable[[Sequence[Any]], Any] | None
    lengthy: bool
    reads: Flag | None
    what: str
    is_told: bool
    render: Callable[[E, X], Call | None]
    delivered: Callable[[Marking, E, Mapping[str, str]], Awaitable[None]]
    replaced: Callable[[Marking, E], Awaitable[bool]]
    died: Callable[[Marking, E, Dead], Awaitable[None]]

    @property
    def kind(self) -> str:
        """The name by which the outbox knows it."""
        return self.effect.__name__


async def nothing(_marking: Marking, _effect: object, _result: object) -> None:
    """There is nothing to remember, or nothing that follows."""


async def never(_marking: Marking, _effect: object) -> bool:
    """It edits nothing, or is not posted anew."""
    return False
