"""`--database`: of the tests that run on a database, a run may keep to one kind. A plugin of pytest's.

A parameter that stands for a kind of database is made by `on`; the fixtures that start PostgreSQL do it by `start_postgres`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.postgres import server

KINDS = ("sqlite", "postgresql")
StartPostgres = Callable[[], AbstractContextManager[Any]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Declare the option."""
    parser.addoption(
        "--database",
        choices=KINDS,
        help="of the tests that run on a database, only those on this one (both where not given)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Declare the mark."""
    config.addinivalue_line(
        "markers", "database(kind): runs on that kind of database; set by tests.databases.on"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what is about a kind of database that this run is not about."""
    wanted = {None, *chosen(config)}
    left_out = [item for item in items if _kind_of(item) not in wanted]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _kind_of(item) in wanted]


@pytest.fixture(scope="session")
def start_postgres(pytestconfig: pytest.Config) -> StartPostgres:
    """How a test starts a PostgreSQL server of its own. It refuses where the run is about SQLite alone."""
    if "postgresql" not in chosen(pytestconfig):
        pytest.fail(
            "This test starts PostgreSQL and does not say so: make its parameter by tests.databases.on"
        )
    return server


def on(kind: str, value: Any) -> Any:
    """A parameter with which a test runs on that kind of database."""
    return pytest.param(value, marks=pytest.mark.database(kind))


def chosen(config: pytest.Config) -> tuple[str, ...]:
    """The kinds that this run is about: the one that it was given, or both."""
    only = config.getoption("database")
    return (only,) if only else KINDS


def _kind_of(item: pytest.Item) -> str | None:
    """The kind of database that a test is about; None where it needs none, or only a file of its own."""
    mark = item.get_closest_marker("database")
    if mark:
        return str(mark.args[0])
    return "postgresql" if "start_postgres" in getattr(item, "fixturenames", ()) else None
