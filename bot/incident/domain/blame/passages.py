"""Markdown in passages: paragraphs, list items, headings and rows, without code blocks and quotes."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"\s{0,3}(```|~~~)")
_ALONE = re.compile(r"\s*(#{1,6}\s|\|)")  # a heading or a row of a table: a passage of its own
_ITEM = re.compile(r"\s*([-*+]|\d{1,9}[.)])\s")
_QUOTE = re.compile(r"\s*(?:(?:[-*+]|\d{1,9}[.)])\s+)?>")
_CODE = re.compile(r"( {4}|\t)")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)[\s#]*$")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the text, with its offset and its number, counted from 1."""

    text: str
    offset: int
    number: int


def lines(text: str) -> Iterator[Line]:
    """The lines of the text."""
    offset = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        yield Line(line, offset, number)
        offset += len(line)


def heading(line: str) -> str | None:
    """The words of the heading that this line is; None if it is none."""
    match = _HEADING.match(line)
    return match.group(2) if match else None


def readable(text: str, without: str) -> Iterator[Line]:
    """The lines that people wrote: no code blocks, no quotes, and not the section with the heading `without`."""
    fence, skipped, blank, listed = "", False, True, False
    for line in lines(text):
        opened = _FENCE.match(line.text)
        if fence:
            fence = "" if opened and opened.group(1) == fence else fence
            continue
        if opened:
            fence = opened.group(1)
            continue
        title = heading(line.text)
        skipped = title == without if title is not None else skipped
        listed = bool(_ITEM.match(line.text)) or (listed and (line.text[:1].isspace() or not blank))
        is_code = blank and not listed and bool(_CODE.match(line.text))
        if not skipped and not is_code and not _QUOTE.match(line.text):
            yield line
        blank = not line.text.strip()


def passages(text: str, without: str) -> Iterator[tuple[int, int]]:
    """Where each passage begins and ends. The lines of a paragraph belong together."""
    begin = end = -1
    for line in readable(text, without):
        alone = bool(_ALONE.match(line.text))
        if begin >= 0 and (alone or line.offset != end or not line.text.strip() or _ITEM.match(line.text)):
            yield begin, end
            begin = -1
        if not line.text.strip():
            continue
        if alone:
            yield line.offset, line.offset + len(line.text)
            continue
        begin, end = (line.offset if begin < 0 else begin), line.offset + len(line.text)
    if begin >= 0:
        yield begin, end
