"""`warroom`, the command line. Only it and the drills import the sandbox."""

import sys

from bot.cli import process


def main() -> None:
    """The console script."""
    if sys.argv[1:] == ["run"]:
        process.run()
    else:
        from bot.cli.main import cli  # noqa: PLC0415  # typer reads arguments; `run` alone has none

        cli()
