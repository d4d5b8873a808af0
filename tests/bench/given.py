"""What a benchmark is given: sizes, the round trip, where to report progress."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """The circumstances of one run.

    Attributes:
        folder: an empty folder for its files.
        rtt: how long each call to Slack takes, in seconds.
        small: tiny sizes: they show that it runs, and the figures mean nothing.
        cold: new connections to Slack cost time, if the benchmark has both forms.
        http: events by signed HTTP instead of Socket Mode, if the benchmark has both forms.
        databases: the kinds to run on, if the benchmark has both forms.
        postgres: the URL of a running PostgreSQL server; empty if one must be started.
        say: reports a line of progress.
    """

    folder: Path
    rtt: float = 0.1
    small: bool = False
    cold: bool = False
    http: bool = False
    databases: tuple[str, ...] = ("sqlite", "postgresql")
    postgres: str = ""
    say: Callable[[str], None] = print

    def size(self, full: T, tiny: T) -> T:
        """The full size of something, or the tiny one."""
        return tiny if self.small else full
