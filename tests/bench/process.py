"""The bot as in production: `python -m bot run` in its own process, configured by environment variables.

The app of a floor is run in the same way.
"""

import asyncio
import json
import os
import re
import signal
import socket
import sqlite3
import sys
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.policy_file import DEFAULT
from bot.sandbox import Sandbox
from tests.bench.machine import cpu_s

FILE = "bot.db"
HOST = "127.0.0.1"
READY_SECONDS = 30
STOP_SECONDS = 10
GLANCE = (
    0.01  # seconds between two looks at the database of another process, which sends no event when it changes
)
BOT = ("-m", "bot", "run")
READY = ("warroom.ready", "minimal_app.ready")
_PENDING = "SELECT count(*) FROM effects WHERE state IN ('waiting', 'leased')"
# The last one: what is installed is compiled once, and not at every start, which would take more than half of it.
_ITS_OWN = (
    "SLACK_",
    "DATABASE_URL",
    "INCIDENTS_CHANNEL",
    "HTTP_PROXY",
    "HTTPS_PROXY",
    "PORT",
    "PYTHONDONTWRITEBYTECODE",
)


class BotDiedError(Exception):
    """The process ended without being told to; the message is the end of its log."""


@dataclass(slots=True)
class Bot:
    """A running bot.

    Attributes:
        process: its process.
        database: its SQLite file.
        ready_s: from the start of the process until it reports that it is ready, in seconds.
        log: what it has logged, one JSON object each; plain lines of libraries are under `event`.
    """

    process: asyncio.subprocess.Process
    database: Path
    ready_s: float = 0.0
    log: list[dict[str, Any]] = field(default_factory=list)

    def rss_mb(self) -> float:
        """The resident memory now, in MB (2**20 bytes)."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii").splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS:"))) / 1024

    def cpu_s(self) -> float:
        """The processor time until now, in seconds."""
        return cpu_s(self.process.pid)

    def pending(self) -> int:
        """How many effects its outbox still has to deliver."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            count: int = connection.execute(_PENDING).fetchone()[0]
        return count

    async def settled(self, seconds: float) -> None:
        """Wait until its outbox is empty.

        Raises:
            TimeoutError: it is not empty after this many seconds.
        """
        async with asyncio.timeout(seconds):
            while self.pending():
                if self.process.returncode is not None:
                    raise BotDiedError(str(self.log[-5:]))
                await asyncio.sleep(GLANCE)

    def warnings(self) -> list[str]:
        """The warnings in its log, each kind once."""
        lines = [each for each in self.log if each.get("level") in {"warning", "error", "critical"}]
        told = Counter(_plain(f"{each.get('event')} {each.get('reason', '')}") for each in lines)
        return [f"its log, {count} times: {line}" for line, count in told.most_common()]


def _plain(line: str) -> str:
    """The line without figures, which differ each time."""
    return re.sub(r"\d[\d:.-]*", "#", line).strip()


def database_url(folder: Path) -> str:
    """The URL of the database that a bot in this folder uses."""
    return f"sqlite:///{folder / FILE}"


def unused_port() -> int:
    """A port that is free at this moment."""
    with closing(socket.socket()) as listening:
        listening.bind((HOST, 0))
        port: int = listening.getsockname()[1]
    return port


@asynccontextmanager
async def bot(
    sandbox: Sandbox,
    folder: Path,
    port: int = 0,
    *,
    api_url: str = "",
    program: tuple[str, ...] = BOT,
) -> AsyncIterator[Bot]:
    """Start it, wait until it is ready, and stop it with SIGTERM at the end of the block.

    Args:
        sandbox: its Slack.
        folder: the folder of its database, and its working folder, so that no `.env` is read.
        port: where it listens for Slack's signed requests; 0 means Socket Mode.
        api_url: the address of the Web API; the sandbox's own unless given.
        program: what Python runs: the app of a floor instead of the bot.

    Raises:
        BotDiedError: it ended before it was ready.
    """
    began = asyncio.get_running_loop().time()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, *program),
        cwd=folder,
        env=_environment(sandbox, folder, port) | {"SLACK_API_URL": api_url or sandbox.base_url},
        stderr=asyncio.subprocess.PIPE,
    )
    made = Bot(process, folder / FILE)
    ready = asyncio.Event()
    reading = asyncio.create_task(_read(made, ready))
    try:
        async with asyncio.timeout(READY_SECONDS):
            await ready.wait()
        if process.returncode is not None:
            raise BotDiedError(str(made.log[-5:]))
        made.ready_s = asyncio.get_running_loop().time() - began
        if not port:
            await sandbox.sockets.connected()
        yield made
    finally:
        await _stop(process)
        await reading


async def _stop(process: asyncio.subprocess.Process) -> None:
    if process.returncode is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), STOP_SECONDS)
    except TimeoutError:
        process.kill()
        await process.wait()


async def _read(made: Bot, ready: asyncio.Event) -> None:
    """Read its log to the end, so that it never waits for this process."""
    assert made.process.stderr is not None
    async for line in made.process.stderr:
        try:
            entry = json.loads(line)
        except ValueError:
            entry = {"event": line.decode(errors="replace").rstrip()}
        made.log.append(entry)
        if entry.get("event") in READY:
            ready.set()
    await made.process.wait()
    ready.set()  # nothing has to wait any longer


def _policy(folder: Path) -> Path:
    """The shipped policy without the canvas, which waits on purpose so that changes within 15 s are shown together."""
    path = folder / "policy.yml"
    path.write_text(f"{DEFAULT.read_text(encoding='utf-8')}\ncanvas: no\n", encoding="utf-8")
    return path


def _environment(sandbox: Sandbox, folder: Path, port: int) -> dict[str, str]:
    http = {"HOST": HOST, "PORT": str(port), "SLACK_SIGNING_SECRET": sandbox.signing_secret} if port else {}
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(_ITS_OWN)}
    return {
        **kept,
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "INCIDENTS_CHANNEL": sandbox.channels["incidents"],
        "DATABASE_URL": database_url(folder),
        "LOG_FORMAT": "json",
        "POLICY_FILE": str(_policy(folder)),
        **http,
    }
