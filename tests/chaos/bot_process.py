"""The bot in a process of its own, which can be told to die at its n-th commit or statement."""

import asyncio
import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from bot.app import running
from bot.config import GivenSettings
from bot.core import logs
from bot.core.clock import utc_now


def die_at(target: type, moment: str, number: int) -> None:
    """Die, as in a power cut, at the n-th occurrence of an SQLAlchemy event from now on."""
    count = 0

    def fatal(*_: object) -> None:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(target, moment, fatal)


async def live(order: dict[str, Any], say: Callable[[str], Any]) -> None:
    """Run until killed.

    Args:
        order: `settings`; optionally `skew` (seconds by which this process's clock is wrong), and `start` or `commit`
            (when, number): the statement since the start of the process, or the commit since the bot was ready, at
            which to die.
        say: reports `ready`, and `commit` after each commit.
    """
    logs.set_up("text", "critical" if order.get("start") or order.get("commit") else "error")
    skew = timedelta(seconds=order.get("skew", 0))

    def own_clock() -> datetime:
        return utc_now() + skew

    if order.get("start"):
        when, number = order["start"]
        die_at(Engine, f"{when}_cursor_execute", number)
    async with running(GivenSettings.model_validate(order["settings"]), own_clock=own_clock):
        if order.get("commit"):
            when, number = order["commit"]
            die_at(Session, f"{when}_commit", number)
        event.listen(Session, "after_commit", lambda _session: say("commit"))
        say("ready")
        await asyncio.Event().wait()
