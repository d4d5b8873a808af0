"""The bot as a process of its own, which can be told to die at its n-th commit.

Run by `tests.chaos.ward` as `python -m tests.chaos.victim`, with everything it needs in one environment variable.
"""

import asyncio
import json
import os
import signal
import sys
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from bot import logs
from bot.app import running
from bot.clock import utc_now
from bot.config import GivenSettings


def die_at(moment: str, number: int) -> None:
    """Die, as by a power cut, right before or right after the n-th commit from now on."""
    count = 0

    def fatal(_session: Session) -> None:
        nonlocal count
        count += 1
        if count == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Session, f"{moment}_commit", fatal)


async def main(order: dict[str, Any]) -> None:
    """Run until killed."""
    logs.set_up("text", "error")
    skew = timedelta(seconds=order.get("skew", 0))

    def own_clock() -> datetime:
        return utc_now() + skew

    async with running(GivenSettings.model_validate(order["settings"]), own_clock=own_clock):
        if order["commit"]:
            die_at(*order["commit"])
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(json.loads(os.environ["VICTIM"])))
