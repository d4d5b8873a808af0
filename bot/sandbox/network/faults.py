"""Faults to inject between Slack and the app."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from bot.sandbox.core.clock import Clock
from bot.sandbox.core.ids import Ids

# Faults for all requests, including those to a response URL (`response_url`) or with a file's bytes (`upload_url`).
ON_REQUESTS = frozenset(
    {"ratelimited", "error500", "error503", "reset_before", "reset_after", "slow", "down"}
)
ON_CALLS = ON_REQUESTS | {"missing_scope", "refuse", "unknown_method"}
ON_ENVELOPES = frozenset({"drop_socket", "duplicate_events", "reorder_events"})


@dataclass(slots=True)
class Fault:
    """One fault.

    Attributes:
        fault: its kind; see `ON_CALLS` and `ON_ENVELOPES`.
        method: only calls of this method; None means all. `response_url` and `upload_url` mean requests to response
            URLs and the bytes of files.
        count: how many times; None means until cleared.
        probability: how likely it is each time, from 0 to 1.
        seconds: how long the answer of a slow call takes, or how long Slack is down.
        retry_after: the `Retry-After` of a 429: seconds, or any text, as from a proxy.
        scope: the scope that the token lacks; None means all that the method could use.
        error: the error code of `refuse`.
    """

    fault: str
    method: str | None = None
    count: int | None = None
    probability: float = 1.0
    seconds: float | None = None
    retry_after: int | str = 1
    scope: str | None = None
    error: str = "internal_error"
    until: float | None = None

    @classmethod
    def from_json(cls, body: Mapping[str, Any]) -> Self:
        """The fault that a request describes.

        Raises:
            ValueError: the fault or a member is unknown; the text lists the known ones.
        """
        known = {field.name for field in fields(cls)} - {"until"}
        if unknown := set(body) - known:
            msg = f"unknown members {sorted(unknown)}; a fault has {sorted(known)}"
            raise ValueError(msg)
        if body.get("fault") not in ON_CALLS | ON_ENVELOPES:
            msg = f"unknown fault {body.get('fault')!r}; there are {sorted(ON_CALLS | ON_ENVELOPES)}"
            raise ValueError(msg)
        return cls(**{key: value for key, value in body.items() if value is not None})


class Faults:
    """The faults that are switched on."""

    def __init__(self, clock: Clock, ids: Ids) -> None:
        self._clock = clock
        self._ids = ids
        self._active: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Switch a fault on; `down` with `seconds` ends by itself."""
        if fault.fault == "down" and fault.seconds is not None:
            fault.until = self._clock.timestamp() + fault.seconds
        self._active.append(fault)

    def clear(self) -> None:
        """Switch all off."""
        self._active.clear()

    def to_json(self) -> list[dict[str, Any]]:
        """The faults that are on."""
        return [asdict(fault) for fault in self._active]

    def hit(self, kinds: frozenset[str], method: str | None = None) -> Fault | None:
        """The fault that applies now, if any; it counts as used."""
        now = self._clock.timestamp()
        self._active = [f for f in self._active if f.count != 0 and (f.until is None or f.until > now)]
        for fault in self._active:
            if fault.fault not in kinds or fault.method not in {None, method}:
                continue
            if fault.probability < 1 and self._ids.chance() >= fault.probability:
                continue
            if fault.count is not None:
                fault.count -= 1
            return fault
        return None
