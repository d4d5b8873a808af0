"""`warroom`, the command line. Only it and the drills import the sandbox."""

from bot.cli.main import main

__all__ = ["main"]
