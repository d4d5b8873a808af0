"""Starts bots in processes of their own within milliseconds: one process imports everything and forks on demand.

Run as `python -m tests.chaos.spawner SOCKET`. A client connects, sends one line of JSON (the order) and gets a bot.
The bot's messages come back on the connection, which closes when the bot dies. A SIGKILL works on it as on any
process.
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

from tests.chaos.bot_process import live


@dataclass
class Life:
    """One run of a bot, from its start to its death."""

    pid: int
    words: asyncio.StreamReader
    _writer: asyncio.StreamWriter

    @classmethod
    async def begin(cls, spawner: str, order: dict[str, Any]) -> "Life":
        """Fork a bot with these orders; see `tests.chaos.bot_process.live`."""
        words, writer = await asyncio.open_unix_connection(spawner)
        writer.write(json.dumps(order).encode() + b"\n")
        return cls(int(await words.readline()), words, writer)

    async def word(self) -> str:
        """The next message of the bot; empty once it is dead."""
        try:
            return (await self.words.readline()).decode().strip()
        except ConnectionError:
            return ""

    def kill(self) -> None:
        """Kill it with SIGKILL, which is like a power cut."""
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
def spawner() -> Iterator[str]:
    """Run the process that forks bots until the end of the block. Returns its socket."""
    with tempfile.TemporaryDirectory(prefix="warroom-spawner-") as folder:
        path = str(Path(folder) / "socket")
        process = subprocess.Popen(  # noqa: S603  # our own program
            [sys.executable, "-m", "tests.chaos.spawner", path], stdout=subprocess.PIPE
        )
        assert process.stdout
        process.stdout.readline()  # it listens now
        yield path
        process.terminate()
        process.wait()
        process.stdout.close()


def main(path: str) -> None:
    """Fork a bot for each connection, until told to end."""
    signal.signal(
        signal.SIGCHLD, signal.SIG_IGN
    )  # dead processes are removed at once, because whoever takes over their leases must see that they are gone
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
