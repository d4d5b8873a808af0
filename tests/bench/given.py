"""What a benchmark is told: sizes, the round trip, where to say how far it is."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One run's circumstances.

    Attributes:
        folder: an empty folder for its files.
        rtt: how long each call to Slack takes, in seconds.
        small: tiny sizes: shows that it runs, and its figures mean nothing.
        cold: connections to Slack are charged for, where the benchmark knows both.
        http: events by signed HTTP instead of Socket Mode, where the benchmark knows both.
        databases: which kinds to run on, where the benchmark knows both.
        postgres: the URL of a running PostgreSQL server; empty where one is to be started.
        say: takes a line that tells how far it is.
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
