"""Lists: tables with typed columns, shared like files."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Column:
    """A column.

    Attributes:
        choices: of a select column, the values and their labels.
    """

    id: str
    key: str
    name: str
    type: str
    is_primary: bool
    choices: dict[str, str] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        """As `list_metadata.schema` has it."""
        return {
            "id": self.id,
            "key": self.key,
            "name": self.name,
            "type": self.type,
            "is_primary_column": self.is_primary,
        }


@dataclass(slots=True)
class SlackList:
    """A list.

    Attributes:
        columns: by their ids.
        items: the values of each row by row id and column id, as they were given.
        access: `read`, `write` or `owner`, by user or channel id.
    """

    id: str
    name: str
    description: str
    created: int
    columns: dict[str, Column]
    items: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    access: dict[str, str] = field(default_factory=dict)
    deleted: bool = False

    def to_json(self) -> dict[str, Any]:
        """For a person with access: the names of the columns, and the words in the cells."""
        return {
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "columns": [each.name for each in self.columns.values()],
            "rows": [
                [self._cell(column, cells.get(column.id) or {}) for column in self.columns.values()]
                for cells in self.items.values()
            ],
            "access": dict(self.access),
        }

    def _cell(self, column: Column, cell: dict[str, Any]) -> dict[str, Any]:
        if column.type == "text":
            return {"text": text_of(cell)}
        values = cell.get(column.type) or []
        if column.type == "select":
            return {"text": ", ".join(column.choices[each] for each in values)}
        if column.type == "link" and values:
            return {"text": values[0].get("display_name") or "", "link": values[0]["original_url"]}
        if column.type == "user":
            return {"users": list(values)}
        return {"text": ", ".join(map(str, values))}


def text_of(cell: dict[str, Any]) -> str:
    """The plain words of a rich text cell."""
    sections = [section for block in cell.get("rich_text") or [] for section in block["elements"]]
    return "".join(str(each.get("text", "")) for section in sections for each in section["elements"])
