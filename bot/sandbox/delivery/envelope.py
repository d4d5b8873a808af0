"""Deliveries to the app, and how they can fail."""

import asyncio
from dataclasses import dataclass
from typing import Any, Protocol

from bot.sandbox.core.clock import Clock

# Slack docs: commands, interactions and events are acknowledged within three seconds.
ACK_SECONDS = 3.0

# The envelopes that may be answered with a payload (Slack docs, Socket Mode).
ANSWERABLE = {"slash_commands", "view_submission", "block_suggestion"}


class NotAcked(Exception):  # noqa: N818 - an outcome, not a bug
    """The app did not acknowledge.

    Attributes:
        reason: Slack's `retry_reason`.
        final: whether the app asked for no retry.
    """

    def __init__(self, reason: str, *, final: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.final = final


@dataclass(frozen=True, slots=True)
class Envelope:
    """One delivery to the app.

    Attributes:
        type: `events_api`, `slash_commands` or `interactive`.
        retry_attempt: 0 for the first attempt; counts the retries of events.
        ack_seconds: how long to wait for its ack.
    """

    id: str
    type: str
    payload: dict[str, Any]
    retry_attempt: int = 0
    retry_reason: str = ""
    ack_seconds: float = ACK_SECONDS

    @property
    def kind(self) -> str:
        """Its subject: `reaction_added`, `view_submission`, `/command` …."""
        if self.type == "events_api":
            return str(self.payload.get("event", self.payload)["type"])
        return str(self.payload.get("type") or self.payload.get("command"))

    @property
    def is_waited_for(self) -> bool:
        """Whether a person waits for the ack."""
        return self.type != "events_api"

    @property
    def accepts_response_payload(self) -> bool:
        """Whether the ack may have an answer."""
        return self.type in ANSWERABLE or self.kind in ANSWERABLE

    def to_json(self) -> dict[str, Any]:
        """The Socket Mode message."""
        message: dict[str, Any] = {
            "envelope_id": self.id,
            "type": self.type,
            "payload": self.payload,
            "accepts_response_payload": self.accepts_response_payload,
        }
        if self.type == "events_api":
            message |= {"retry_attempt": self.retry_attempt, "retry_reason": self.retry_reason}
        return message


class Transport(Protocol):
    """A way to deliver an envelope to the app."""

    async def send(self, envelope: Envelope) -> dict[str, Any]:
        """Deliver it and wait for the ack.

        Returns:
            The ack's payload, empty if it had none.

        Raises:
            NotAcked: the app is not connected, or did not answer in time.
        """
        ...


async def within_deadline(
    envelope: Envelope, answer: asyncio.Future[dict[str, Any]], clock: Clock, reason: str = "timeout"
) -> dict[str, Any]:
    """Wait for an ack, by the workspace's time.

    If a person waits, the same length of real time also ends the wait, so that they do not wait for ever while the
    workspace's clock is stopped.

    Args:
        envelope: what was sent.
        answer: is done when the ack has arrived, or when it is certain that none will come.
        clock: the workspace's clock.
        reason: the transport's reason if no ack came.

    Raises:
        NotAcked: no ack came in time.
    """

    def expire() -> None:
        if not answer.done():
            answer.set_exception(NotAcked(reason))

    timer = clock.call_later(envelope.ack_seconds, expire)
    loop = asyncio.get_running_loop()
    handle = loop.call_later(envelope.ack_seconds, expire) if envelope.is_waited_for else None
    try:
        return await answer
    finally:
        timer.cancel()
        if handle is not None:
            handle.cancel()
