"""The databases that a benchmark runs on, empty and with the tables of this release."""

import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import replace

from sqlalchemy import text

from bot.engine.store.database import Database
from bot.engine.store.migrate import upgrade
from tests import postgres
from tests.bench.given import Given

_numbers = itertools.count(1)


@contextmanager
def one_server(given: Given) -> Iterator[Given]:
    """The same circumstances, with one PostgreSQL server for all databases until the end of the block."""
    if given.postgres or "postgresql" not in given.databases:
        yield given
        return
    with postgres.server() as server:
        yield replace(given, postgres=server.get_uri())


@asynccontextmanager
async def opened(given: Given, kind: str) -> AsyncIterator[Database]:
    """A database of that kind (`sqlite` or `postgresql`), until the end of the block."""
    with ExitStack() as stack:
        url = f"sqlite:///{given.folder / f'bench_{next(_numbers)}'}.db"
        if kind == "postgresql":
            server = given.postgres or stack.enter_context(postgres.server()).get_uri()
            url = await postgres.empty_database(server)
        database = Database(url)
        try:
            await upgrade(database)
            yield database
        finally:
            await database.close()


async def versions(database: Database) -> dict[str, str]:
    """The version of PostgreSQL, for the description of the machine; that of SQLite is always in it."""
    if database.is_sqlite:
        return {}
    async with database.engine.connect() as connection:
        told = await connection.execute(text("SHOW server_version"))
    return {"postgresql": str(told.scalar_one())}
