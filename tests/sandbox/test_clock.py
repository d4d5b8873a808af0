"""The workspace's clock."""

import asyncio
from datetime import UTC

import pytest

from bot.sandbox import Sandbox
from bot.sandbox.core.clock import Clock
from bot.sandbox.delivery.courier import SETTLE_SECONDS
from bot.sandbox.driver import Driver
from tests.sandbox.recorder import Recorder


async def test_time_passes_until_the_clock_is_stopped() -> None:
    clock = Clock()
    assert clock.running
    assert clock.now().tzinfo is UTC
    clock.stop()
    assert clock.timestamp() == clock.timestamp()
    assert not clock.running


async def test_time_continues_from_where_it_stopped() -> None:
    clock = Clock()
    clock.stop()
    await clock.advance(3600)
    stood = clock.timestamp()
    clock.run()
    assert stood <= clock.timestamp() < stood + 1


async def test_timers_are_called_in_order_each_at_its_time() -> None:
    clock = Clock()
    clock.stop()
    start, called = clock.timestamp(), []
    for seconds in (30, 10, 20):
        clock.call_later(seconds, lambda: called.append(clock.timestamp() - start))
    clock.call_later(15, lambda: called.append(-1.0)).cancel()
    await clock.advance(9.9)
    assert called == []
    await clock.advance(20.1)
    assert called == pytest.approx([10, 20, 30])


async def test_a_timer_may_set_another_timer() -> None:
    clock = Clock()
    clock.stop()
    called: list[str] = []

    def again() -> None:
        clock.call_later(10, lambda: called.append("second"))

    clock.call_later(10, again)
    await clock.advance(20)
    assert called == ["second"]


async def test_a_running_clock_calls_its_timers() -> None:
    clock, called = Clock(), asyncio.Event()
    clock.call_later(0.01, called.set)
    async with asyncio.timeout(5):
        await called.wait()


async def test_a_stopped_clock_calls_no_timers_until_it_runs() -> None:
    clock, called = Clock(), asyncio.Event()
    clock.stop()
    clock.call_later(0, called.set)
    await asyncio.sleep(0)
    assert not called.is_set()
    clock.run()
    async with asyncio.timeout(5):
        await called.wait()


async def test_a_running_clock_can_be_moved_and_continues() -> None:
    clock = Clock()
    before = clock.timestamp()
    await clock.advance(900)
    assert clock.running
    assert clock.timestamp() >= before + 900


async def test_time_cannot_go_back() -> None:
    with pytest.raises(ValueError, match="only moves forward"):
        await Clock().advance(-1)


async def test_an_app_that_acknowledges_nothing_does_not_block_the_clock(
    sandbox: Sandbox, app: Recorder, driver: Driver
) -> None:
    app.acking = False
    await driver.user("alice").say("general", "anybody?")
    sandbox.clock.stop()
    for second in range(100):
        sandbox.clock.call_later(5 + second / 100, lambda: None)
    async with asyncio.timeout(100 * SETTLE_SECONDS / 5):
        await sandbox.clock.advance(6)
