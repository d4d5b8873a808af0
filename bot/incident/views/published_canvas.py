"""The published postmortem as Slack's Markdown: a canvas takes no addresses in angle brackets, and three sizes of headings."""

import re
from urllib.parse import quote

_TARGET = re.compile(r"\]\(<([^<>\n]*)>\)")
_AUTOLINK = re.compile(r"(?<!\\)<(https?://[^<>\s]+)>")
_SMALL = re.compile(r"^#{4,6} ", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def in_canvas(markdown: str) -> str:
    """The same document for a canvas."""
    text = _COMMENT.sub("", _SMALL.sub("### ", markdown))
    text = _TARGET.sub(lambda found: f"]({_address(found[1])})", text)
    return _AUTOLINK.sub(lambda found: f"[{found[1]}]({_address(found[1])})", text)


def _address(address: str) -> str:
    return quote(address.replace("\\", ""), safe="%/:?#@!$&'+,;=~-._")
