"""What a person or an app writes is always text: every field of everything, with every attack."""

import copy
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from bot.sandbox.page.place import Place
from bot.sandbox.page.render import Asked, Renderer
from tests.sandbox.page.everything import WORLD
from tests.sandbox.page.samples import GENERAL, Json, seen

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    '" autofocus onfocus="alert(1)',
    "</script><script>alert(1)</script>",
    "</textarea><iframe src=https://evil.example/alert(1)>",
    "<javascript:alert(1)|click>",
    '<https://evil.example/" onclick="alert(1)|click>',
    "<@U1|<img src=x onerror=alert(1)>>",
    "<!date^1764072000^{time}^javascript:alert(1)|x>",
    "*<b onclick=alert(1)>*",
    "```</code></pre><script>alert(1)</script>```",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[x](javascript:alert(1))",
    "![x](data:text/html,<script>alert(1)</script>)",
    "{{ 'alert(1)qz' * 2 }}{% include 'page.html' %}",
    "javascript:alert(1)",
]
OURS = {"theme.js", "main.js"}
URLS = {"href", "src", "action", "formaction", "data-preview"}
SAFE = ("http://", "https://", "mailto:", "tel:", "/", "#")


class Inspector(HTMLParser):
    """Collects everything that could run."""

    def __init__(self) -> None:
        super().__init__()
        self.dangers: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at one element."""
        given = dict(attrs)
        ours = (given.get("src") or "").rpartition("/")[2] in OURS or given.get("type") == "application/json"
        if (tag == "script" and not ours) or tag in {
            "iframe",
            "object",
            "embed",
            "style",
            "base",
            "meta-refresh",
        }:
            self.dangers.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in {"style", "srcdoc"}:
                self.dangers.append(f"{tag} {name}={value}")
            if name in URLS and value and not value.startswith(SAFE):
                self.dangers.append(f"{tag} {name}={value}")


def dangers(html: str) -> list[str]:
    inspector = Inspector()
    inspector.feed(html)
    return inspector.dangers


# Ids, types, time stamps and the structure are Slack's; a person or an app cannot choose them.
FIXED = {
    "type",
    "ts",
    "id",
    "thread_ts",
    "block_id",
    "tz",
    "user",
    "channel",
    "style",
    "subtype",
    "align",
    "seq",
}
NAMES = {"name"}  # of people and channels, which are part of addresses


def texts(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every string that somebody can choose."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in pairs:
        if isinstance(part, str) and key not in FIXED:
            yield (*path, key)
        yield from texts(part, (*path, key))


def poisoned(world: Json, attack: str, *, keep: Callable[[tuple[Any, ...]], bool]) -> Json:
    """The world with the attack in every text that is not in `keep`."""
    changed = copy.deepcopy(world)
    for path in list(texts(world)):
        if keep(path):
            continue
        holder: Any = changed
        for key in path[:-1]:
            holder = holder[key]
        holder[path[-1]] = attack
    return changed


def is_identity(path: tuple[Any, ...]) -> bool:
    """Whether a text is a name or id by which other parts of the world refer to it."""
    last = path[-1]
    if (
        "access" in path
        or last in {"users", "members"}
        or (len(path) > 1 and path[-2] in {"users", "members", "reply_users"})
    ):
        return True
    return last == "name" and path[0] in {"channels", "channel", "user", "users"} and len(path) <= 3


PLACES = [
    Place("alice", "general"),
    Place("alice", "general", "canvas"),
    Place("alice", "general", "people"),
    Place("alice", "general", "files"),
    Place("alice", None, "home"),
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.tab or "messages")
def test_no_typed_text_becomes_markup(attack: str, place: Place) -> None:
    world = poisoned(WORLD, attack, keep=is_identity)
    html = Renderer().page(world, place)
    assert dangers(html) == []
    assert "alert(1)" in html, "the attack is drawn, as text"
    assert "alert(1)qzalert(1)qz" not in html, "nothing is taken for a template"


def test_the_inspector_of_this_test_finds_each_danger() -> None:
    assert dangers("<script>x</script><a href='javascript:x'>y</a><p onclick=z>") == [
        "<script>",
        "a href=javascript:x",
        "p onclick=z",
    ]


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_channels_topic_and_name_do_not_become_markup(attack: str) -> None:
    world = seen(channel={"topic": attack, "name": attack})
    world["channels"] = [{**GENERAL, "name": attack}]
    drawn = Renderer().draw(world, Place("alice", "general"), Asked({}))
    assert dangers("".join(drawn.parts.values())) == []
