"""The rules for tables (Slack docs, table block; data table block)."""

from typing import Any

from bot.sandbox.blocks.checks import (
    Check,
    Problems,
    anything,
    boolean,
    every,
    integer,
    items,
    members,
    number,
    one_of,
    or_null,
    string,
    typed,
)
from bot.sandbox.blocks.composition import ID
from bot.sandbox.blocks.rules_rich_text import RICH_TEXT
from bot.sandbox.blocks.texts import texts

COLUMNS = 20
TABLE_ROWS = 100
# The rows of a data table, including its header.
DATA_TABLE_ROWS = 201
# Characters of all cells: of one table, and of all tables of this type in a message.
CHARACTERS = {"table": 10_000, "data_table": 20_000}

_TEXT = members({"type": anything, "text": string(None, 1)})
_NUMBER = members({"type": anything, "text": string(None, 1), "value": number()})
_HEADER_CELL = typed({"raw_text": _TEXT, "raw_number": _NUMBER})
_CELL = typed({"raw_text": _TEXT, "raw_number": _NUMBER, "rich_text": RICH_TEXT})
_COLUMN = members({}, {"align": one_of("left", "center", "right"), "is_wrapped": boolean})
_ROWS = items(items(_CELL, COLUMNS, 1), TABLE_ROWS, 1)


def characters(table: dict[str, Any]) -> int:
    """The total number of characters in the cells of a table."""
    return sum(len(text) for text in texts(table["rows"]))


def _even(value: Any, at: str, problems: Problems) -> None:
    """Check that all rows have the same length."""
    if len({len(row) for row in value["rows"]}) > 1:
        problems.add("all rows must have the same number of cells", f"{at}/rows")


def _fits(value: Any, at: str, problems: Problems) -> None:
    """Check the total length of one table's cells."""
    most = CHARACTERS[value["type"]]
    if characters(value) > most:
        problems.add(f"all cells together must be less than {most + 1} characters", f"{at}/rows")


def _data_rows(value: Any, at: str, problems: Problems) -> None:
    """Check the header, which has no rich text, and the rows below it."""
    items(anything, DATA_TABLE_ROWS, 2)(value, at, problems)
    for place, row in enumerate(value if isinstance(value, list) else []):
        check = items(_CELL if place else _HEADER_CELL, COLUMNS, 1)
        check(row, f"{at}/{place}", problems)


TABLES: dict[str, Check] = {
    "table": every(
        members(
            {"type": anything, "rows": _ROWS},
            {"block_id": ID, "column_settings": items(or_null(_COLUMN), COLUMNS)},
        ),
        _even,
        _fits,
    ),
    "data_table": every(
        members(
            {"type": anything, "rows": _data_rows, "caption": string(None, 1)},
            {
                "block_id": ID,
                "page_size": integer(1, 100),
                "row_header_column_index": integer(0, COLUMNS - 1),
            },
        ),
        _even,
        _fits,
    ),
}
