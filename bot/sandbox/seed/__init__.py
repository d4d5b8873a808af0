"""The initial workspace: the default one, or the one in a file."""

from bot.sandbox.seed.contents import DEFAULT, Contents
from bot.sandbox.seed.workspace_file import SeedError, check, load

__all__ = ["DEFAULT", "Contents", "SeedError", "check", "load"]
