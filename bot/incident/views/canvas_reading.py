"""The sections of a postmortem in the Markdown of a canvas that was read.

Of the marks, paragraphs, lines, lists, links and mentions stay; bold, italics and the like become plain words, as in every
text of a postmortem. What stands below headings that are none of ours, or above the first, belongs to "More".
"""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass

from bot.incident.domain.canvas_texts import mark, normal
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.views.draft_canvas import INTRODUCTION, body

_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_OWN_LEVELS = 2  # a smaller heading that is none of ours belongs to the section that it stands in
_FENCE = re.compile(r"^\s*(```|~~~)")
_RULE = re.compile(r"^ {0,3}([-*_])(?:\s*\1){2,}\s*$")
_ITEM = re.compile(r"^\s*[-*+]\s+(?=\S)")
_BREAK = re.compile(r"(?<!\\)((?:\\\\)*)\\$")
_ADDRESS = r"https?://[^\s<>]+?"
_INLINE = re.compile(
    r"(?P<code>`+[^`\n]+`+)"
    r"|!\[[^\]\n]*\]\((?P<mention>[@#][UWCG][A-Z0-9]+)\)"
    rf"|!?\[(?P<label>(?:\\.|[^\]\\\n])*)\]\(<?(?P<target>{_ADDRESS})>?(?:\s+\"[^\"\n]*\")?\)"
    rf"|<(?P<angle>{_ADDRESS})>"
    r"|\\(?P<escape>[!-/:-@\[-`{-~])"
    r"|(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
)
_EMPHASIS = tuple(
    re.compile(each)
    for each in (
        r"\*\*\*(?=\S)(.+?)(?<=\S)\*\*\*",
        r"\*\*(?=\S)(.+?)(?<=\S)\*\*",
        r"(?<!\w)__(?=\S)(.+?)(?<=\S)__(?!\w)",
        r"~~(?=\S)(.+?)(?<=\S)~~",
        r"\*(?=[^\s*])([^*]+?)(?<=\S)\*",
        r"(?<!\w)_(?=[^\s_])(.+?)(?<=\S)_(?!\w)",
    )
)
_FIRST_PLACE = 0xF0000  # private characters stand for what is kept as it is
_OURS = re.compile("[\u2060\U000f0000-\U000ffffd]")


@dataclass(frozen=True, slots=True)
class ReadCanvas:
    """What was read.

    Attributes:
        sections: every section's text; empty if there is none, or no such heading.
        headings: those that are none of ours, with a comma between them.
    """

    sections: Mapping[PostmortemSection, str]
    headings: str


def read(markdown: str) -> ReadCanvas:
    """Split a canvas by its headings."""
    found: dict[PostmortemSection, list[str]] = {each: [] for each in PostmortemSection}
    others: list[str] = []
    above = [""]
    current = above
    is_code = False
    for line in markdown.splitlines():
        is_code ^= _FENCE.match(line) is not None
        heading = None if is_code else _HEADING.match(line)
        words = words_of(heading[2]).rstrip(":") if heading else ""
        section = PostmortemSection.parse(words) if words else None
        if section:
            current = found[section]
            current.append("")
        elif heading and len(heading[1]) <= _OWN_LEVELS and words:
            others.append(words)
            current = found[PostmortemSection.MORE]
            current.append(f"{words}\n")
        else:
            current[-1] += f"{line}\n"
    texts = {each: _joined(each, parts) for each, parts in found.items()}
    if first := _above(above[0]):
        more = texts[PostmortemSection.MORE]
        texts[PostmortemSection.MORE] = f"{first}\n\n{more}".strip()
    return ReadCanvas(texts, ", ".join(dict.fromkeys(others)))


def as_read(section: PostmortemSection, text: str, names: Mapping[str, str]) -> str:
    """A stored text as it is read again from a canvas in which nobody has changed it."""
    return _joined(section, [body(section, text, names)])


def mark_of(section: PostmortemSection, text: str, names: Mapping[str, str]) -> str:
    """The hash of that."""
    return mark(as_read(section, text, names))


def words_of(line: str) -> str:
    """One line without marks."""
    kept: list[str] = []

    def keep(match: re.Match[str]) -> str:
        kept.append(_kept(match))
        return chr(_FIRST_PLACE + len(kept) - 1)

    shown = _INLINE.sub(keep, _OURS.sub("", line))
    for each in _EMPHASIS:
        shown = each.sub(r"\1", shown)
    return " ".join(_OURS.sub(lambda found: kept[ord(found[0]) - _FIRST_PLACE], shown).split())


def _kept(match: re.Match[str]) -> str:
    """What a mark stands for, as it is stored."""
    if match["code"] or match["escape"]:
        return match["code"] or match["escape"]
    if match["entity"]:
        return html.unescape(match["entity"])
    if match["mention"]:
        return f"<{match['mention']}>"
    if match["angle"]:
        return f"<{match['angle']}>"
    label = re.sub(r"[<>|]", "", words_of(match["label"]))
    address = match["target"]
    bare = address.split("://", 1)[-1].rstrip("/")
    is_own = not label or label.split("://", 1)[-1].rstrip("/") == bare
    return f"<{address}>" if is_own else f"<{address}|{label}>"


def _joined(section: PostmortemSection, parts: list[str]) -> str:
    """The text below a heading; below one that stands there twice, both."""
    texts = [each for each in map(_text, parts) if normal(each) != normal(section.question)]
    return "\n\n".join(each for each in texts if each)


def _text(markdown: str) -> str:
    shown: list[str] = []
    is_code = False
    for line in markdown.splitlines():
        if _FENCE.match(line):
            is_code = not is_code
            continue
        if not _RULE.match(line) or is_code:
            shown.append(line.rstrip() if is_code else _line(line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(shown)).strip()


def _line(line: str) -> str:
    if heading := _HEADING.match(line):
        return words_of(heading[2])
    line = _BREAK.sub(r"\1", line.rstrip())
    if item := _ITEM.match(line):
        return f"- {words_of(line[item.end() :])}"
    return words_of(line)


def _above(markdown: str) -> str:
    """What stands above the first heading, without our own words."""
    lines = _text(markdown).splitlines()
    return "\n".join(each for each in lines if normal(each) != normal(INTRODUCTION)).strip()
