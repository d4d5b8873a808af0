"""Counts the calls to an outside world by their outcome."""

import asyncio

from bot.core.metrics import Metrics
from bot.ports.port import Begun, Call, Dead, Delivered, Perform, Port, Result


def counted(port: Port, perform: Perform, metrics: Metrics) -> Perform:
    """The same function, which also counts calls by kind, outcome and class of reason."""

    async def perform_and_count(call: Call, doubt: bool) -> Result:  # noqa: FBT001  # `Perform`'s shape
        kind = type(call).__name__
        try:
            result = await perform(call, doubt)
        except asyncio.CancelledError:
            metrics.delivered(kind, "retry", "gave_up")
            raise
        except Exception:
            metrics.delivered(kind, "retry", "unexpected")
            raise
        if isinstance(result, (Delivered, Begun)):
            metrics.delivered(kind, "delivered")
        elif isinstance(result, Dead):
            metrics.delivered(kind, "dead", "refused")
        else:
            metrics.delivered(
                kind, "retry", "unexpected" if result.unexpected else _class_of(port, result.reason)
            )
        return result

    return perform_and_count


def _class_of(port: Port, reason: str) -> str:
    """The class of a reason for the metric: each port has many codes. Exceptions begin with a capital letter."""
    if reason == port.limited:
        return "ratelimited"
    return "network" if reason[:1].isupper() else port.key
