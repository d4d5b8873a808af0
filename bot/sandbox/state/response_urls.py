"""Response URLs: five answers within thirty minutes (Slack docs, responding to interactions)."""

from dataclasses import dataclass

from bot.sandbox.core.clock import Clock
from bot.sandbox.core.errors import SlackError
from bot.sandbox.core.ids import Ids

USES = 5
LIFETIME = 30 * 60.0


@dataclass(slots=True)
class ResponseUrl:
    """One response URL.

    Attributes:
        message_ts: the message of the interaction, for `replace_original` and `delete_original`.
    """

    user: str
    channel: str
    message_ts: str | None
    expires: float
    uses_left: int = USES


class ResponseUrls:
    """All response URLs that were issued."""

    def __init__(self, ids: Ids, clock: Clock) -> None:
        self._ids = ids
        self._clock = clock
        self._given: dict[str, ResponseUrl] = {}

    def give(self, user: str, channel: str, message_ts: str | None = None) -> str:
        """Issue a new one; returns its path below `/response/`."""
        key = f"{self._ids.make('T')}/{self._ids.secret()}"
        expires = self._clock.timestamp() + LIFETIME
        self._given[key] = ResponseUrl(user, channel, message_ts, expires)
        return key

    def check(self, key: str) -> ResponseUrl:
        """The response URL with that path, if it is valid.

        Raises:
            SlackError: `invalid_url`, `expired_url` or `used_url`.
        """
        found = self._given.get(key)
        if found is None:
            raise SlackError("invalid_url")
        if self._clock.timestamp() > found.expires:
            raise SlackError("expired_url")
        if found.uses_left <= 0:
            raise SlackError("used_url")
        return found
