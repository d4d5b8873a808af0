"""Text for an issue, and the one place where it is escaped: for GitHub's Markdown and for Jira's documents (ADF).

What people typed must neither notify anybody there, nor refer to other issues, nor become markup.
Source: GitHub Flavored Markdown, "Backslash escapes" and "Autolinks"; Atlassian Document Format, "Structure".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

TITLE_MAX = 240  # characters; GitHub allows 256, and Jira 255
_NOTHING = "\u200b"  # a space without width: after it, `@name` and `#1` are only words
_MARKUP = re.compile(r"([\\`*_{}\[\]()<>#+.!|~&$=-])")
_ADDRESS = re.compile(r"https?://[^\s<>\x00-\x1f\x7f]+")
_CALLS = re.compile(r"([@#]|\bGH-)(?=\w)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Span:
    """Some words.

    Attributes:
        is_strong: whether they stand out.
    """

    text: str
    is_strong: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """Paragraphs of plain text, in which addresses become links."""

    paragraphs: tuple[tuple[Span, ...], ...]

    @classmethod
    def of(cls, *texts: str) -> "Document":
        """A document of plain paragraphs."""
        return cls(tuple((Span(text),) for text in texts))


def title(text: str) -> str:
    """One line of plain text for a title, without what refers to people or issues."""
    line = " ".join(_CONTROL.sub("", text).split())
    line = _CALLS.sub(rf"\1{_NOTHING}", line)
    return line if len(line) <= TITLE_MAX else f"{line[: TITLE_MAX - 1]}…"


def to_markdown(document: Document) -> str:
    """The document in GitHub's Markdown."""
    return "\n\n".join("".join(map(_marked, each)) for each in document.paragraphs)


def to_adf(document: Document) -> dict[str, Any]:
    """The document in Atlassian's format, in which text is never markup."""
    paragraphs = [
        {"type": "paragraph", "content": [node for span in each for node in _nodes(span)]}
        for each in document.paragraphs
    ]
    return {"type": "doc", "version": 1, "content": paragraphs}


def _marked(span: Span) -> str:
    words = "".join(f"<{part}>" if is_link else _literal(part) for part, is_link in _parts(span.text))
    return f"**{words}**" if span.is_strong and words.strip() else words


def _literal(text: str) -> str:
    return _MARKUP.sub(r"\\\1", _CALLS.sub(rf"\1{_NOTHING}", text))


def _nodes(span: Span) -> Iterator[dict[str, Any]]:
    for part, is_link in _parts(span.text):
        marks: list[dict[str, Any]] = [{"type": "strong"}] if span.is_strong else []
        if is_link:
            marks.append({"type": "link", "attrs": {"href": part}})
        yield {"type": "text", "text": part, **({"marks": marks} if marks else {})}


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text on one line, cut into words and addresses; nothing is empty."""
    line, end = re.sub(r"\s+", " ", _CONTROL.sub("", text)), 0
    for found in _ADDRESS.finditer(line):
        yield from (
            (part, is_link)
            for part, is_link in ((line[end : found.start()], False), (found[0], True))
            if part
        )
        end = found.end()
    if line[end:]:
        yield line[end:], False
