"""The handler: what delivery knows about one kind of effect."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Flag
from typing import Any, Generic, TypeVar

from bot.engine.delivery.lane import Lane
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.ports.port import Call, Dead, Port

E = TypeVar("E")  # the effect
X = TypeVar("X")  # the render context: what the subject reads for it


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler(Generic[E, X]):
    """One kind of effect. There are no defaults, so that no attribute can be wrong without being noticed.

    Attributes:
        effect: the type of the effect.
        port: the outside world that shows it.
        lane: the lane in which it waits.
        needs: the place that must exist before it is delivered; None if it needs none.
        max_wait: how long it waits for that place; None means for ever.
        coalesces: whether a waiting one stands for all later ones, because it will show the latest state.
        latest_only: whether it shows the present state, so that only the last of several dead ones is tried again.
        combine: makes one effect that says what several dead ones would have said; None if each is tried by itself.
        lengthy: whether it takes so long to render that nobody else may wait for it.
        reads: what the subject reads for it in addition to what it reads for all effects; None if nothing.
        what: what could not be done if it dies, as it follows "I could not".
        warns_if_dead: whether people are warned if it dies.
        render: returns the call that shows it, from the present state; None if there is nothing to show any more. It
            raises LookupError if the context lacks what the effect needs, and TemplateBrokenError if a template of the
            user's own does not render.
        delivered: stores the data of the receipt, which is empty if there is none, as after an edit.
        replaced: forgets the message to edit if it is gone or cannot be edited; returns whether to post it anew.
        died: does what follows, apart from the warning, if the effect is given up.
    """

    effect: type[E]
    port: Port
    lane: Lane
    needs: str | None
    max_wait: timedelta | None
    coalesces: bool
    latest_only: bool
    combine: Callable[[Sequence[Any]], Any] | None
    lengthy: bool
    reads: Flag | None
    what: str
    warns_if_dead: bool
    render: Callable[[E, X], Call | None]
    delivered: Callable[[DeliveryTransaction, E, Mapping[str, str]], Awaitable[None]]
    replaced: Callable[[DeliveryTransaction, E], Awaitable[bool]]
    died: Callable[[DeliveryTransaction, E, Dead], Awaitable[None]]

    @property
    def kind(self) -> str:
        """The name that the outbox uses for it."""
        return self.effect.__name__


async def do_nothing(_transaction: DeliveryTransaction, _effect: object, _result: object) -> None:
    """Do nothing: there is nothing to remember, or nothing that follows."""


async def never(_transaction: DeliveryTransaction, _effect: object) -> bool:
    """False: the effect edits nothing, or must not be posted anew."""
    return False
