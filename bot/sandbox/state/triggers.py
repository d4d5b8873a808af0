"""Trigger ids: the permission to open one modal (Slack docs, trigger_id: 3 seconds, once)."""

from dataclasses import dataclass

from bot.sandbox.core.clock import Clock
from bot.sandbox.core.errors import SlackError
from bot.sandbox.core.ids import Ids

LIFETIME = 3.0


@dataclass(slots=True)
class Trigger:
    """One interaction of one user."""

    user: str
    expires: float
    used: bool = False


class Triggers:
    """All trigger ids that were issued."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self._given: dict[str, Trigger] = {}

    def give(self, user_id: str) -> str:
        """Issue a trigger id for an interaction of the user."""
        trigger_id = f"{len(self._given) + 1}.{int(self._clock.timestamp())}.{self._ids.secret()}"
        self._given[trigger_id] = Trigger(user_id, self._clock.timestamp() + LIFETIME)
        return trigger_id

    def check(self, trigger_id: str | None) -> Trigger:
        """The trigger with that id, if it is valid.

        Raises:
            SlackError: `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`.
        """
        trigger = self._given.get(trigger_id or "")
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if self._clock.timestamp() > trigger.expires:
            raise SlackError("expired_trigger_id")
        return trigger
