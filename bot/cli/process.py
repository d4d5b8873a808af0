"""What all commands share: read the settings, set up the log, run, and report what a person can fix. And `run` itself.

Nothing is imported here that a bot can do without: see `bot.cli.main`.
"""

import asyncio
import gc
import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Literal, NoReturn, TypeVar

from bot.core.errors import WarroomError
from bot.core.without import without

if TYPE_CHECKING:
    from bot.config import Settings

Result = TypeVar("Result")

PRACTICE_PORT = 8420

RED, YELLOW = "31", "33;1"  # ECMA-48's "select graphic rendition"


def run(practice_port: int = PRACTICE_PORT) -> None:
    """Run the bot; with no Slack tokens set, the practice workspace, listening there."""

    def start(settings: "Settings") -> Coroutine[Any, Any, None]:
        if settings.has_tokens:
            from bot.cli import run as production

            return production.run(settings)
        gc.enable()
        write_line("No Slack tokens are set: this is PRACTICE, nobody is paged.", YELLOW)
        from bot.cli import practice

        return practice.practise(practice_port)

    gc.disable()  # `production.run` turns it on again
    _load_structlog_alone()
    run_with_settings(start)


def _load_structlog_alone() -> None:
    """Load structlog without rich, which typer has brought.

    It would load it for tracebacks with values, which we never print. That would take a twentieth of the start.
    """
    with without("rich"):
        import structlog  # noqa: F401  # loaded here, used elsewhere


def run_with_settings(start: Callable[["Settings"], Coroutine[Any, Any, Result]]) -> Result:
    """Read the settings and run. Errors that a person can fix are printed, as in `finish`."""
    settings = read_settings()
    log(settings.log_format, settings.log_level)
    return finish(start(settings))


def read_settings() -> "Settings":
    """The settings; if they have mistakes, print them and exit with 2."""
    from bot.config import load_settings

    try:
        return load_settings()
    except WarroomError as error:
        fail(str(error), 2)


def finish(work: Coroutine[Any, Any, Result]) -> Result:
    """Run it to its end. If a person can fix what went wrong, print it and exit with 2."""
    try:
        return asyncio.run(work)
    except WarroomError as error:
        fail(str(error), 2)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def log(style: Literal["text", "json"], level: str) -> None:
    """Set up the log."""
    from bot.core import logs

    logs.set_up(style, level)


def fail(message: str, status: int) -> NoReturn:
    """Print what is wrong, and exit with this status."""
    write_line(message, RED)
    raise SystemExit(status)


def write_line(message: str, colour: str) -> None:
    """A line on standard error, in colour where a person reads it."""
    line = f"\033[{colour}m{message}\033[0m" if sys.stderr.isatty() else message
    sys.stderr.write(line + "\n")
