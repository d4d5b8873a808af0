"""`warroom run` in a process of its own, with a sandbox as its Slack."""

import asyncio
import os
import resource
import signal
import sys
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bot.core.resources import shipped
from bot.sandbox import Sandbox


@dataclass
class Bot:
    """The process. Its log is read while it runs."""

    process: asyncio.subprocess.Process
    lines: list[str] = field(default_factory=list)

    async def says(self, word: str) -> None:
        """Wait until its log has a line with this word."""
        assert self.process.stderr
        async with asyncio.timeout(30):
            while not self.lines or word not in self.lines[-1]:
                line = await self.process.stderr.readline()
                assert line, "\n".join(self.lines)
                self.lines.append(line.decode())

    async def stop(self) -> tuple[int, float]:
        """Stop it with SIGTERM. Returns its exit status and how many seconds that took."""
        begun = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.stderr
        rest = (await self.process.stderr.read()).decode()
        status = await self.process.wait()
        self.lines += rest.splitlines()
        return status, time.perf_counter() - begun

    @property
    def log(self) -> str:
        """Everything that it has logged so far."""
        return "\n".join(self.lines)


async def workspace() -> Sandbox:
    """A sandbox that has this app."""
    return await Sandbox.start(manifest=yaml.safe_load(shipped("manifest.yml").read_text()))


def settings(sandbox: Sandbox) -> dict[str, str]:
    """The environment variables that the bot needs to use this sandbox as its Slack."""
    return {
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": sandbox.base_url,
        "INCIDENTS_CHANNEL": sandbox.channels["incidents"],
    }


@asynccontextmanager
async def bot(sandbox: Sandbox, folder: Path, *, files: int | None = None, **more: str) -> AsyncIterator[Bot]:
    """Run the bot until the end of the block.

    Args:
        sandbox: its Slack.
        folder: where it runs and keeps its database.
        files: how many files it may have open, if not the usual number.
        more: further settings.
    """

    def limit() -> None:
        if files is not None:
            resource.setrlimit(resource.RLIMIT_NOFILE, (files, files))

    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run"),
        cwd=folder,
        env={
            **os.environ,
            **settings(sandbox),
            "DATABASE_URL": f"sqlite:///{folder / 'run.db'}",
            "LOG_FORMAT": "json",
            "LOG_LEVEL": "debug",
            **more,
        },
        stderr=asyncio.subprocess.PIPE,
        limit=2**20,
        preexec_fn=limit,
    )
    try:
        yield Bot(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
