"""Deliveries of the same thing are processed once: the second gets the first one's answer.

Slack sends an event again if it missed the ack, and some servers send an envelope to every socket. A repeated act
would change nothing, but the person would get a second answer ("it is already on the timeline").
"""

import asyncio
from collections.abc import Awaitable, Callable

from slack_bolt.response import BoltResponse

OK = 200
REMEMBERED = 2_000  # answers; Slack tries an event again for six minutes (Slack docs, Events API)


class Deduplicator:
    """Remembers the latest answers of this process. Other replicas use the act's idempotency key in the database."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._answers: dict[str, asyncio.Future[BoltResponse]] = {}

    async def answer(self, delivery: str, work: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:
        """The answer to this delivery. A failed delivery is processed again when it is repeated.

        Args:
            delivery: the id, the same for repeated deliveries.
            work: makes the answer.
        """
        earlier = self._answers.get(delivery)
        if earlier:
            return await asyncio.shield(earlier)
        answer = self._answers[delivery] = asyncio.get_running_loop().create_future()
        try:
            made = await work()
        except BaseException:  # probably cancelled: everybody who waits for the same answer is cancelled too
            self._answers.pop(delivery, None)
            answer.cancel()
            raise
        answer.set_result(made)
        if made.status != OK:
            self._answers.pop(delivery, None)
        elif len(self._answers) > self._remembered:
            self._answers.pop(next(iter(self._answers)))
        return made
