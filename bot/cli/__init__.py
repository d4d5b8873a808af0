"""`warroom`: the command line, and the only door to the sandbox."""

from bot.cli.main import main

__all__ = ["main"]
