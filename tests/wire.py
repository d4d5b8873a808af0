"""A line to PostgreSQL that is slow, breaks at COMMIT, or accepts no connections; it counts the round trips.

Source: PostgreSQL docs, "Message Formats": a client waits for an answer after Query, Sync and Flush.
"""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from sqlalchemy.engine import make_url

_QUERY, _PARSE, _BIND, _READY = b"Q", b"P", b"B", b"Z"
_AWAITED = (_QUERY, b"S", b"H")  # Query, Sync, Flush


class AtCommit(Enum):
    """How the line breaks at a COMMIT."""

    ANSWER_LOST = "it is carried out, and the line breaks before the answer"
    NEVER_SENT = "the line breaks before it"
    SILENT = "it is carried out, and no answer ever comes"


@dataclass
class Wire:
    """One such line.

    Attributes:
        url: the URL of the database behind it.
        round_trips: how often a client has waited for an answer.
        breaks: how the line breaks at each of the next `cuts` COMMITs of transactions with `statement`.
        statement: what such a transaction does; people's acts store their trace.
        shuts: whether no connection is accepted after a break.
        is_open: whether new connections are accepted.
        delay: seconds that are added to each round trip.
    """

    url: str
    server: str
    round_trips: int = 0
    breaks: AtCommit = AtCommit.ANSWER_LOST
    cuts: int = 0
    statement: bytes = b"INSERT INTO acts"
    shuts: bool = False
    is_open: bool = True
    delay: float = 0.0
    clients: set["asyncio.Task[None]"] = field(default_factory=set)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One client's connection, until it ends or breaks."""
        task = asyncio.current_task()
        assert task
        self.clients.add(task)
        task.add_done_callback(self.clients.discard)
        if not self.is_open:
            writer.close()
            return
        answers, questions = await asyncio.open_unix_connection(self.server)
        back = asyncio.create_task(_pass_on(answers, writer))
        try:
            await self._forth(reader, questions, answers, back)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the connection has ended
        finally:
            back.cancel()
            writer.close()
            questions.close()

    async def _forth(
        self,
        reader: asyncio.StreamReader,
        questions: asyncio.StreamWriter,
        answers: asyncio.StreamReader,
        back: "asyncio.Task[None]",
    ) -> None:
        questions.write(await _body(reader))  # the startup message
        prepared: dict[bytes, bytes] = {}
        is_meant = False
        while True:
            kind, body = await reader.readexactly(1), await _body(reader)
            if kind in _AWAITED:
                self.round_trips += 1
                await asyncio.sleep(self.delay)
            if kind == _PARSE:
                name, statement, _ = body[4:].split(b"\0", 2)
                prepared[name] = statement
            elif kind == _BIND:
                is_meant = is_meant or self.statement in prepared.get(body[4:].split(b"\0", 2)[1], b"")
            elif kind == _QUERY and body[4:].startswith(b"BEGIN"):
                is_meant = False
            if kind == _QUERY and body[4:].startswith(b"COMMIT") and is_meant and self.cuts:
                self.cuts -= 1
                self.is_open = not self.shuts
                if self.breaks is AtCommit.NEVER_SENT:
                    return
                back.cancel()
                await asyncio.wait({back})
                questions.write(kind + body)
                while await answers.readexactly(1) != _READY:
                    await _body(answers)
                if self.breaks is AtCommit.SILENT:
                    await reader.read()  # until the client gives up
                return
            questions.write(kind + body)
            await questions.drain()


@asynccontextmanager
async def wire_to(url: str) -> AsyncIterator[Wire]:
    """Run a line to the database at that URL, which is on a Unix socket, until the end of the block."""
    with tempfile.TemporaryDirectory(prefix="warroom-wire-") as folder:
        parsed = make_url(url)
        server = Path(str(parsed.query["host"])) / ".s.PGSQL.5432"
        through = parsed.update_query_dict({"host": folder}).render_as_string(hide_password=False)
        wire = Wire(through, str(server))
        listening = await asyncio.start_unix_server(wire.serve, str(Path(folder) / server.name))
        try:
            yield wire
        finally:
            listening.close()
            for client in list(wire.clients):
                client.cancel()
            if wire.clients:
                await asyncio.wait(set(wire.clients))


async def _body(reader: asyncio.StreamReader) -> bytes:
    """The rest of a message after its kind: its length, which includes itself, and the content."""
    length = await reader.readexactly(4)
    return length + await reader.readexactly(int.from_bytes(length) - 4)


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while data := await reader.read(65536):
        writer.write(data)
        await writer.drain()
    writer.close()
