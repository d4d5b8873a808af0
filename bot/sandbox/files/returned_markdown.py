"""A canvas as canvases.getContent returns it.

Slack keeps a document, not the markdown that made it, and writes it down anew. How, it does not document: it may choose
other marks for the same thing. So the sandbox always chooses others than most people write, and whoever compares what they
read with what they wrote finds out here that the text alone is not enough.
"""

import re

_FENCE = re.compile(r"^\s*(```|~~~)")
_BULLET = re.compile(r"^(\s*)[-+*]\s+")
_BREAK = re.compile(r" {2,}$")
_SPACES = re.compile(r"(?<=\S) {2,}(?=\S)")
_INLINE = re.compile(
    r"(?P<code>`[^`\n]+`)"
    r"|(?P<link>!?\[[^\]\n]*\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\))"
    r"|<(?P<angle>https?://[^\s<>]+)>"
    r"|(?P<bare>https?://[^\s<>()\[\]*`\\]+[^\s<>()\[\]*`\\.,;:!?'\"])"
    r"|(?:(?<=\w\s)|(?<=\w))\\(?P<needless>[#>|-])"
    r"|(?P<escape>\\.)"
    r"|(?<![\w_\\])_(?P<em>[^\s_\\](?:[^_\n\\]*[^\s_\\])?)_(?![\w_])"
)


def as_returned(markdown: str) -> str:
    """The same document, written down in another way."""
    lines: list[str] = []
    is_code = False
    for line in markdown.split("\n"):
        if _FENCE.match(line):
            is_code = not is_code
        lines.append(line if is_code or _FENCE.match(line) else _line(line))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n" if markdown.strip() else ""


def _line(line: str) -> str:
    has_break = _BREAK.search(line) is not None
    shown = _INLINE.sub(_written, _SPACES.sub(" ", _BULLET.sub(r"\1* ", line.rstrip())))
    return f"{shown}\\" if has_break and shown else shown


def _written(match: re.Match[str]) -> str:
    if address := match["angle"] or match["bare"]:
        return f"[{address}]({address})"
    if match["needless"]:
        return match["needless"]
    return f"*{match['em']}*" if match["em"] else match[0]
