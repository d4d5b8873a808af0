"""Work after an ack."""

import asyncio

from structlog.testing import capture_logs

from bot.slack.background import Background


async def fails() -> None:
    raise LookupError("nobody waits for this")


async def waits() -> None:
    await asyncio.Event().wait()


async def test_what_fails_is_in_the_log_at_once_and_what_is_stopped_is_not() -> None:
    background = Background()
    with capture_logs() as logs:
        background.start(fails())
        background.start(waits())
        (waiting,) = [each for each in asyncio.all_tasks() if "waits" in repr(each.get_coro())]
        await asyncio.sleep(0)
        waiting.cancel()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
    assert [(line["event"], line["error"]) for line in logs] == [("slack.background_failed", "LookupError")]
