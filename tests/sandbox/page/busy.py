"""A busy workspace: a hundred channels, thousands of messages."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from bot.sandbox import Sandbox, seed
from tests.sandbox.page.practice_app import MANIFEST

MESSAGES = 5_000
CHANNELS = 100


@asynccontextmanager
async def busy() -> AsyncIterator[Sandbox]:
    """A sandbox with `CHANNELS` channels, all with alice and bob as members, and `MESSAGES` messages in #general."""
    known = seed.DEFAULT["channels"]
    more: list[dict[str, Any]] = [
        {"name": f"team-{at:03}", "members": ["alice", "bob"]} for at in range(CHANNELS - len(known))
    ]
    running = await Sandbox.start(manifest=MANIFEST, workspace={"channels": known + more})
    for at in range(MESSAGES):
        who = ("alice", "bob", "carol")[at % 3]
        text = f"message {at} *bold* `code`"
        await running.act({"user": who, "action": "say", "channel": "general", "text": text})
    yield running
    await running.stop()
