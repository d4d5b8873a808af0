"""The effects of a subject: every kind with its handler."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from bot.engine.delivery.handler import Handler
from bot.engine.delivery.transaction import DeliveryTransaction
from bot.engine.store import codec
from bot.engine.store.kinds import WARN

UNKNOWN = "finish something"  # what could not be done, for a kind that this release does not know


class Registry:
    """The kinds of effects of one subject.

    Args:
        subject: the name of the subject.
        handlers: the handlers, one per kind.
        warn: warns the people of a stream that something was refused, with the handler and the reason.
    """

    def __init__(
        self,
        subject: str,
        handlers: Sequence[Handler[Any, Any]],
        warn: Callable[[DeliveryTransaction, Handler[Any, Any], str], Awaitable[None]],
    ) -> None:
        self.subject = subject
        self.handlers = handlers
        self.warn = warn
        self._by_kind: Mapping[str, Handler[Any, Any]] = {each.kind: each for each in handlers}
        self._types: Mapping[str, type[Any]] = {each.kind: each.effect for each in handlers}

    @property
    def warnings(self) -> str:
        """The name of the lane of warnings; empty if the subject has none."""
        handler = self.by_kind(WARN)
        return handler.lane.name if handler else ""

    def of(self, effect: Any) -> Handler[Any, Any]:
        """The handler of this effect."""
        return self._by_kind[type(effect).__name__]

    def by_kind(self, kind: str) -> Handler[Any, Any] | None:
        """The handler of the effects of this kind; None if this release does not know the kind."""
        return self._by_kind.get(kind)

    def decode(self, kind: str, document: dict[str, Any]) -> Any:
        """The effect of an outbox row; raises the same errors as `bot.engine.store.codec.decode`."""
        return codec.decode(self._types, kind, document)

    def what_of(self, kind: str) -> str:
        """What could not be done, for an effect of this kind, as it follows "I could not"."""
        handler = self.by_kind(kind)
        return handler.what if handler else UNKNOWN
