"""The Markdown of the draft as HTML, in parts: what comes before the first section, and the sections."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from bot.incident.views.page.cells import has_long_word

_MARKDOWN = MarkdownIt("commonmark", {"html": False, "xhtmlOut": False}).enable("table").disable("image")
_NOT_IN_ID = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the second level.

    Attributes:
        anchor: its id in the page.
    """

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Html:
    """A document.

    Attributes:
        head: what comes before the first section: the title, and what is said first.
        body: the sections.
        sections: their headings, in order.
    """

    head: Markup
    body: Markup
    sections: Sequence[Section]


def html(text: str) -> Html:
    """Translate. HTML in the Markdown stays text, and no image is loaded."""
    tokens = _MARKDOWN.parse(text)
    _mark_cells(tokens)
    sections = list(_sections(tokens))
    cut = next((at for at, token in enumerate(tokens) if _is_section(token)), len(tokens))
    return Html(_rendered(tokens[:cut]), _rendered(tokens[cut:]), sections)


def _rendered(tokens: Sequence[Token]) -> Markup:
    written: str = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return Markup(written)  # noqa: S704  # markdown-it has escaped what was typed


def _is_section(token: Token) -> bool:
    return token.type == "heading_open" and token.tag == "h2"


def _sections(tokens: Sequence[Token]) -> Iterator[Section]:
    """Give each section an id of its own."""
    used: set[str] = set()
    for number, token in enumerate(tokens):
        if _is_section(token):
            title = tokens[number + 1].content
            anchor = _NOT_IN_ID.sub("-", title.lower()).strip("-") or "section"
            while anchor in used:
                anchor += "-more"
            used.add(anchor)
            token.attrSet("id", anchor)
            yield Section(anchor, title)


def _mark_cells(tokens: Sequence[Token]) -> None:
    """A column's heading says that it is one; an empty one is no heading. Only a long word in a cell may be broken."""
    for number, token in enumerate(tokens):
        if token.type == "td_open" and has_long_word(tokens[number + 1].content):
            token.attrSet("class", "long")
        if token.type == "th_open":
            if tokens[number + 1].content:
                token.attrSet("scope", "col")
            else:
                token.tag = tokens[number + 2].tag = "td"
