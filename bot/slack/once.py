"""Deliveries that are the same are answered once: the second gets the first one's answer.

Slack sends an event again where it missed the ack, and some servers send an envelope to every socket. Done again, an act
would change nothing, but its answer would say so ("it is on the timeline already") beside the first one.
"""

import asyncio
from collections.abc import Awaitable, Callable

from slack_bolt.response import BoltResponse

OK = 200
REMEMBERED = 2_000  # answers; Slack tries an event again for six minutes (Slack docs, Events API)


class Once:
    """Remembers the latest answers, in this process: another replica goes by the act's trace in the database."""

    def __init__(self, remembered: int = REMEMBERED) -> None:
        self._remembered = remembered
        self._answers: dict[str, asyncio.Future[BoltResponse]] = {}

    async def answer(self, delivery: str, work: Callable[[], Awaitable[BoltResponse]]) -> BoltResponse:
        """The answer to this delivery; what failed is done anew when it is delivered again.

        Args:
            delivery: the same for each delivery of the same.
            work: makes the answer.
        """
        earlier = self._answers.get(delivery)
        if earlier:
            return await asyncio.shield(earlier)
        answer = self._answers[delivery] = asyncio.get_running_loop().create_future()
        try:
            made = await work()
        except BaseException:  # a stop, most likely: whoever waits for the same is stopped as well
            self._answers.pop(delivery, None)
            answer.cancel()
            raise
        answer.set_result(made)
        if made.status != OK:
            self._answers.pop(delivery, None)
        elif len(self._answers) > self._remembered:
            self._answers.pop(next(iter(self._answers)))
        return made
