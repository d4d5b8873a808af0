"""`--database`: a run may select one kind of database for the tests that need one. A plugin of pytest's.

`on` makes a parameter that names a kind of database; fixtures that start PostgreSQL use `start_postgres`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from tests.postgres import server

KINDS = ("sqlite", "postgresql")
StartPostgres = Callable[[], AbstractContextManager[Any]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option."""
    parser.addoption(
        "--database",
        choices=KINDS,
        help="of the tests that run on a database, only those on this one (both if not given)",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Add the mark."""
    config.addinivalue_line(
        "markers", "database(kind): runs on that kind of database; set by tests.databases.on"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests of a kind of database that this run has not selected."""
    wanted = {None, *chosen(config)}
    left_out = [item for item in items if _kind_of(item) not in wanted]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if _kind_of(item) in wanted]


@pytest.fixture(scope="session")
def start_postgres(pytestconfig: pytest.Config) -> StartPostgres:
    """The function with which a test starts its own PostgreSQL server. It refuses if the run is for SQLite alone."""
    if "postgresql" not in chosen(pytestconfig):
        pytest.fail(
            "This test starts PostgreSQL and does not say so: make its parameter by tests.databases.on"
        )
    return server


def on(kind: str, value: Any) -> Any:
    """A parameter for a test that runs on this kind of database."""
    return pytest.param(value, marks=pytest.mark.database(kind))


def chosen(config: pytest.Config) -> tuple[str, ...]:
    """The kinds of database of this run: the selected one, or both."""
    only = config.getoption("database")
    return (only,) if only else KINDS


def _kind_of(item: pytest.Item) -> str | None:
    """The kind of database of a test; None if it needs none, or only a file of its own."""
    mark = item.get_closest_marker("database")
    if mark:
        return str(mark.args[0])
    return "postgresql" if "start_postgres" in getattr(item, "fixturenames", ()) else None
