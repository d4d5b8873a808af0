"""What we can ask of Slack about Lists: tables of their own, with typed columns, which are shared like files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from bot.ports.slack.port import SLACK


class _OfSlack:
    """The base of these calls, which names their outside world."""

    __slots__ = ()

    port: ClassVar[str] = SLACK.key


@dataclass(frozen=True, slots=True)
class CreateList(_OfSlack):
    """Create a list that nobody sees before it is shared. The receipt has its id as `list`, and each column's by its key.

    If the answer is lost, a second one is created later: nobody has seen the first.

    Attributes:
        columns: their definitions, as Slack wants them; exactly one is the primary column.
    """

    name: str
    description: str
    columns: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class ShareList(_OfSlack):
    """Let the people of a channel read a list."""

    list_id: str
    in_channel: str


@dataclass(frozen=True, slots=True)
class KeepRow(_OfSlack):
    """Bring a row of a list up to date, add it, or remove it.

    The receipt has `list`, `version`, and the id of the row as `row`, which is empty if there is none now. If nobody can
    write there as things are, it has the reason as `refused`, or as `gone` if the list is gone.

    Attributes:
        columns: the ids of the columns, by their keys.
        key: the value of the column `key_column`, by which the row is found if it is in doubt whether it was added.
        row: its id; empty if it is not known to be there.
        cells: the values by the keys of their columns; None if there is to be no such row.
        version: which state it shows, for the receipt.
    """

    list_id: str
    columns: Mapping[str, str]
    key_column: str
    key: str
    row: str
    cells: Mapping[str, Mapping[str, Any]] | None
    version: int


ListCall = CreateList | ShareList | KeepRow
