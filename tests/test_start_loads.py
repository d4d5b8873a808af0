"""What a start loads: not what only some installations, or rare acts, need. Each of it takes memory and time."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

_LOADED = """
import sys
import bot.app
from bot.subjects import discover_commands
discover_commands()
print("\\n".join(sys.modules))
"""


@pytest.fixture(scope="module")
def loaded() -> frozenset[str]:
    """The names of all modules that a start has loaded, on whatever database."""
    done = subprocess.run(  # noqa: S603  # our own arguments
        [sys.executable, "-c", _LOADED], check=True, capture_output=True, text=True
    )
    return frozenset(done.stdout.split())


@pytest.mark.parametrize(
    "name",
    [
        "sqlalchemy.dialects.postgresql",  # with SQLite
        "asyncpg",
        "alembic",  # unless there is something to migrate
        "holidays",
        "resvg_py",
        "markdown_it",  # unless there are pages
        "bot.pages",
        "bot.incident.views.drawing.shapes",  # until a draft is made
        "bot.incident.domain.blame",
        "bot.incident.views.check",  # unless there are templates of the team's own
        "bot.sandbox",
    ],
)
def test_a_start_does_not_load(loaded: frozenset[str], name: str) -> None:
    assert find_spec(name), "there is no such module any more"
    assert name not in loaded


def test_the_names_are_those_of_modules(loaded: frozenset[str]) -> None:
    assert {"bot.app", "sqlalchemy.dialects.sqlite", "bot.incident.commands.postmortem"} <= loaded
