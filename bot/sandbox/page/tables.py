"""View models of tables (Slack docs, table block; data table block)."""

from dataclasses import dataclass

from markupsafe import Markup

from bot.sandbox.page.elements import Json, text_html
from bot.sandbox.page.reader import Reader
from bot.sandbox.page.rich_text import rich_text

Row = tuple["Markup", ...]
_ALIGNED = {"left", "center", "right"}
_PAGE = 5


@dataclass(frozen=True, slots=True)
class Table:
    """A table, ready to be drawn: the first row is its header.

    Attributes:
        wide: the alignment of each column; further columns are aligned left.
        row_header: the column that names each row.
        page_size: how many rows Slack shows at a time; 0 if it shows all.
    """

    rows: tuple[Row, ...]
    wide: tuple[str, ...]
    caption: str = ""
    row_header: int | None = None
    page_size: int = 0

    def align(self, column: int) -> str:
        """How a column is aligned."""
        return self.wide[column] if column < len(self.wide) else "left"


def table(raw: Json, reader: Reader) -> Table:
    """The view model of a `table`."""
    settings = [str((each or {}).get("align")) for each in raw.get("column_settings") or []]
    return Table(_rows(raw, reader), tuple(each if each in _ALIGNED else "left" for each in settings))


def data_table(raw: Json, reader: Reader) -> Table:
    """The view model of a `data_table`; columns of numbers are aligned right."""
    body = (raw.get("rows") or [])[1:]
    columns = zip(*body, strict=False)
    return Table(
        rows=_rows(raw, reader),
        wide=tuple(
            "right" if all(cell.get("type") == "raw_number" for cell in column) else "left"
            for column in columns
        ),
        caption=str(raw.get("caption", "")),
        row_header=int(raw.get("row_header_column_index") or 0),
        page_size=int(raw.get("page_size") or _PAGE),
    )


def _rows(raw: Json, reader: Reader) -> tuple[Row, ...]:
    return tuple(tuple(_cell(cell, reader) for cell in row) for row in raw.get("rows") or [])


def _cell(cell: Json, reader: Reader) -> Markup:
    if cell.get("type") == "rich_text":
        return rich_text(cell, reader)
    return text_html(str(cell.get("text", cell.get("value", ""))), reader)
