"""The canvas in which people write the postmortem: a heading for each section, and its text below.

Nobody is mentioned, so nobody is notified; people are shown by name. Paragraphs, line breaks, lists and links stay.
"""

import re
from collections.abc import Mapping
from itertools import pairwise

from bot.core.tokens import Kind, Token, label_matches_target, split, words_of
from bot.incident.domain.incident import Incident
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.views.canvas_text import literal, target

INTRODUCTION = (
    "Write below the headings; whoever is in the war room can. “Take over from canvas” there brings it into the "
    "postmortem."
)
_PART_MAX = 3500  # bytes; Slack is known to refuse an edit of more than about 4,000
_BREAK = "  \n"  # a new line in the same paragraph
_ITEM = re.compile(r"\s*[-*\u2022]\s+(?=\S)")
_BARE = re.compile(r"(https?://[^\s<>|]+[^\s<>|.,;:!?)\]}'\"*_~`\\])")
_LEADING = re.compile(r"^([-+=]|\d+(?=[.)]))")  # what begins a list, a rule or the line below a headline


def title(incident: Incident, *, published: bool = False) -> str:
    """The title of the canvas: it has no words that may turn out to be a secret."""
    return f"{incident.reference} postmortem{'' if published else ' draft'}"


def document(incident: Incident, names: Mapping[str, str]) -> str:
    """The whole canvas."""
    written = incident.postmortem
    shown = [each for each in PostmortemSection if each is not PostmortemSection.MORE or written.text(each)]
    parts = (part(each, written.text(each), names) for each in shown)
    return "\n\n".join([f"_{INTRODUCTION}_", *parts]) + "\n"


def part(section: PostmortemSection, text: str, names: Mapping[str, str]) -> str:
    """A section with its heading."""
    return f"{heading(section)}\n\n{body(section, text, names)}"


def heading(section: PostmortemSection) -> str:
    """Its heading."""
    return f"## {section.headline}"


def body(section: PostmortemSection, text: str, names: Mapping[str, str]) -> str:
    """What stands below the heading: the text, or what the section answers."""
    return markdown(text, names) or f"_{section.question}_"


def pieces(text: str) -> list[str]:
    """A document in parts that are each small enough for an edit, cut between paragraphs, or else between lines."""
    found: list[str] = []
    for paragraph in text.split("\n\n"):
        if found and len(f"{found[-1]}\n\n{paragraph}".encode()) <= _PART_MAX:
            found[-1] += f"\n\n{paragraph}"
        else:
            found += _cut(paragraph)
    return found


def markdown(text: str, names: Mapping[str, str]) -> str:
    """What people wrote, as Slack's Markdown."""
    shown = [_line(each, names) for each in text.splitlines()]
    parts = [f"{here}{_between(here, after)}" for here, after in pairwise([*shown, ""])]
    return re.sub(r"\n{3,}", "\n\n", "".join(parts)).strip()


def _between(here: str, after: str) -> str:
    """What parts two lines: an empty one between a list and what is none, so that neither becomes part of the other."""
    if here.startswith("- ") and after.startswith("- "):
        return "\n"
    if here and after and not here.startswith("- ") and not after.startswith("- "):
        return _BREAK
    return "\n\n"


def _line(line: str, names: Mapping[str, str]) -> str:
    if item := _ITEM.match(line):
        return f"- {_words(line[item.end() :], names)}"
    return _words(line, names)


def _words(text: str, names: Mapping[str, str]) -> str:
    shown = "".join(
        _token(each, names) if isinstance(each, Token) else _with_links(each) for each in split(text)
    )
    return _LEADING.sub(_escaped, " ".join(shown.split()))


def _escaped(match: re.Match[str]) -> str:
    return f"{match[0]}\\" if match[0].isdecimal() else f"\\{match[0]}"


def _with_links(text: str) -> str:
    """Words, with bare addresses as the links that Slack would make of them."""
    return "".join(
        f"[{literal(each)}]({target(each)})" if at % 2 else literal(each)
        for at, each in enumerate(_BARE.split(text))
    )


def _token(token: Token, names: Mapping[str, str]) -> str:
    words = words_of(token, names)
    if token.kind is Kind.PERSON:
        return literal(words.removeprefix("@"))
    if token.kind is not Kind.LINK:
        return literal(words)
    # A label that looks like another address, or is invisible, would hide where the link leads.
    label = token.label
    is_plain = any(each.isprintable() and not each.isspace() for each in label) and "." not in label
    shown = label if is_plain and not label_matches_target(token) else token.value
    return f"[{literal(shown)}]({target(token.value)})"


def _cut(paragraph: str) -> list[str]:
    lines = paragraph.split("\n")
    found = [lines[0]]
    for line in lines[1:]:
        if len(f"{found[-1]}\n{line}".encode()) <= _PART_MAX:
            found[-1] += f"\n{line}"
        else:
            found.append(line)
    return found
