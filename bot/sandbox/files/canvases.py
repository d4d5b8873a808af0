"""Canvas documents: markdown in sections with ids."""

import re
from typing import Any

from bot.sandbox.core.errors import SlackError
from bot.sandbox.core.ids import Ids
from bot.sandbox.state.file import Canvas, Section

HEADING = re.compile(r"(#{1,3}) +(.+)")
# From other people's reports: the longest canvas, in characters.
LARGEST = 100_000

NEEDS_SECTION = {"insert_after", "insert_before"}
OPERATIONS = NEEDS_SECTION | {"insert_at_start", "insert_at_end", "replace", "delete", "rename"}


def sections_of(ids: Ids, markdown: str) -> list[Section]:
    """Split a document into its sections: headings, paragraphs, lists."""
    parts = [part.strip("\n") for part in re.split(r"\n{2,}", markdown)]
    return [Section(f"temp:C:{ids.word(20)}", part) for part in parts if part.strip()]


def read_document(document: Any, failure: str) -> str:
    """The markdown of a `document_content`.

    Raises:
        SlackError: with the code `failure`.
    """
    if document is None:
        return ""
    good = isinstance(document, dict) and document.get("type") == "markdown"
    if not good or not isinstance(document.get("markdown"), str):
        raise SlackError(failure)
    markdown: str = document["markdown"]
    if len(markdown) > LARGEST:
        raise SlackError(failure)
    return markdown


def apply(canvas: Canvas, change: dict[str, Any], ids: Ids) -> None:
    """Apply one change of canvases.edit.

    Raises:
        SlackError: `canvas_editing_failed` or `canvas_too_large`.
    """
    operation = change.get("operation")
    if not isinstance(operation, str) or operation not in OPERATIONS:
        raise SlackError("canvas_editing_failed")
    if operation == "rename":
        canvas.title = read_document(change.get("title_content"), "canvas_editing_failed")
        return
    place = _place(canvas, change)
    if operation == "delete":
        if place is None:
            raise SlackError("canvas_editing_failed")
        del canvas.sections[place]
        return
    fresh = sections_of(ids, read_document(change.get("document_content"), "canvas_editing_failed"))
    start, end = _span(canvas, operation, place)
    canvas.sections[start:end] = fresh
    if len(canvas.markdown) > LARGEST:
        raise SlackError("canvas_too_large")


def lookup(canvas: Canvas, criteria: dict[str, Any]) -> list[dict[str, str]]:
    """The sections of certain types or with a certain text."""
    types, text = criteria.get("section_types") or [], criteria.get("contains_text")
    return [
        {"id": section.id}
        for section in canvas.sections
        if (not types or _heading(section) in types or ("any_header" in types and _heading(section)))
        if not text or text.lower() in section.markdown.lower()
    ]


def _heading(section: Section) -> str | None:
    found = HEADING.match(section.markdown)
    return f"h{len(found[1])}" if found else None


def _place(canvas: Canvas, change: dict[str, Any]) -> int | None:
    section_id = change.get("section_id")
    if section_id is None:
        if change["operation"] in NEEDS_SECTION:
            raise SlackError("canvas_editing_failed")
        return None
    for place, section in enumerate(canvas.sections):
        if section.id == section_id:
            return place
    raise SlackError("canvas_editing_failed")


def _span(canvas: Canvas, operation: str, place: int | None) -> tuple[int, int]:
    """The range of sections that the new ones replace."""
    end = len(canvas.sections)
    at = place if place is not None else 0
    return {
        "insert_at_start": (0, 0),
        "insert_at_end": (end, end),
        "insert_before": (at, at),
        "insert_after": (at + 1, at + 1),
        # Without a section, replace means the whole document.
        "replace": (0, end) if place is None else (at, at + 1),
    }[operation]
