"""Who and what is in a workspace at first: the one everybody starts with, or that of a file."""

from bot.sandbox.seed.contents import DEFAULT, Contents
from bot.sandbox.seed.workspace_file import SeedError, check, load

__all__ = ["DEFAULT", "Contents", "SeedError", "check", "load"]
