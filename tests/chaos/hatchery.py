"""Bots as processes of their own that are there in a moment: one process imports everything and forks on demand.

Run as `python -m tests.chaos.hatchery SOCKET`. Whoever connects sends an order, one line of JSON, and gets a bot; its
words come back on the connection, which ends when the bot dies. To SIGKILL it is a process like any other.
"""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.chaos.victim import live


@dataclass
class Life:
    """One bot, from its birth to its death."""

    pid: int
    words: asyncio.StreamReader
    _writer: asyncio.StreamWriter

    @classmethod
    async def begin(cls, hatchery: str, order: dict[str, Any]) -> "Life":
        """Hatch a bot that lives as it is told; see `tests.chaos.victim.live`."""
        words, writer = await asyncio.open_unix_connection(hatchery)
        writer.write(json.dumps(order).encode() + b"\n")
        return cls(int(await words.readline()), words, writer)

    async def word(self) -> str:
        """The next thing that it says; empty once it is dead."""
        try:
            return (await self.words.readline()).decode().strip()
        except ConnectionError:
            return ""

    def kill(self) -> None:
        """As a power cut does it."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            return

    async def end(self) -> None:
        """Kill it, and wait until it is dead."""
        self.kill()
        while await self.word():
            pass
        self._writer.close()


@contextmanager
def hatchery() -> Iterator[str]:
    """A hatchery, until the end of the block; where it listens."""
    with tempfile.TemporaryDirectory(prefix="warroom-hatchery-") as folder:
        path = str(Path(folder) / "socket")
        process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", "tests.chaos.hatchery", path], stdout=subprocess.PIPE
        )
        assert process.stdout
        process.stdout.readline()  # it listens
        yield path
        process.terminate()
        process.wait()
        process.stdout.close()


def main(path: str) -> None:
    """Fork a bot for each connection, until told to end."""
    signal.signal(
        signal.SIGCHLD, signal.SIG_IGN
    )  # the dead are gone at once, as their leases' heirs must see
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(path)
        server.listen()
        sys.stdout.write("listening\n")
        sys.stdout.flush()
        while True:
            connection, _ = server.accept()
            if os.fork() == 0:
                server.close()
                _live(connection)
            connection.close()


def _live(connection: socket.socket) -> None:
    """The whole life of a bot."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)

    def say(word: str) -> None:
        connection.sendall(f"{word}\n".encode())

    say(str(os.getpid()))
    asyncio.run(live(json.loads(connection.makefile().readline()), say))
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
