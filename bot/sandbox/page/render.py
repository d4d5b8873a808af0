"""The screen as HTML, in parts: the first time all of it, afterwards only the changed parts."""

import hashlib
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.sandbox.page import dates
from bot.sandbox.page.directory import directory
from bot.sandbox.page.elements import Json
from bot.sandbox.page.environment import json_html, render
from bot.sandbox.page.messages import Row, message, rows
from bot.sandbox.page.place import Place
from bot.sandbox.page.reader import Reader
from bot.sandbox.page.screen import Screen, screen
from bot.sandbox.page.sidebar import sidebar

# The number of messages drawn at first, and each time somebody scrolls up to the oldest one.
WINDOW = 100
# The number of messages that may arrive between two refreshes without dropping the oldest drawn ones.
_NEWS = 100
# The number of drawn messages that are cached, so that a change to one does not draw the others again.
_KEPT = 4_000
_PARTS = ("header", "intro", "body", "outro", "composer", "thread", "modals")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser has already drawn, and how far back.

    Attributes:
        have: version of each part and message, by key.
        oldest: time stamp of the first message drawn, or empty for the newest `WINDOW`.
        newest: time stamp of the last message drawn, if there are later ones; empty at the end of the list.
        count: the number of drawn messages.
        earlier: whether to add `WINDOW` messages before the first one.
        later: whether to add `WINDOW` messages after the last one.
        at: time stamp of a message to show with the messages around it, or empty.
        since: the latest time stamp when the document was loaded: earlier ephemeral messages are not shown.
    """

    have: Mapping[str, str]
    oldest: str = ""
    newest: str = ""
    count: int = 0
    earlier: bool = False
    later: bool = False
    at: str = ""
    since: str = ""

    @property
    def before(self) -> str | None:
        """The end of the messages to read, exclusive; None for the end of the channel."""
        # Time stamps are compared as text, and none is between this one and the same with another digit.
        return f"{self.newest}0" if self.newest and not self.later else None

    @property
    def limit(self) -> int | None:
        """How many messages to read: those to be drawn, the one above them, and some new ones."""
        if self.at or self.later:
            return None  # how far back that is can only be found in the whole channel
        return max(WINDOW, self.count) + (WINDOW if self.earlier else 0) + _NEWS


@dataclass(frozen=True, slots=True)
class Drawn:
    """A screen as HTML.

    Attributes:
        lists: rows in order; None if the browser already has this version.
    """

    screen: Screen
    parts: dict[str, Markup]
    lists: dict[str, list[tuple[Row, Markup | None]]]

    @property
    def hashes(self) -> dict[str, str]:
        """The hashes of the parts, to find the changed ones."""
        return {name: hashlib.sha256(html.encode()).hexdigest()[:16] for name, html in self.parts.items()}


class Renderer:
    """Draws screens and caches drawn messages."""

    def __init__(self) -> None:
        self._memory: OrderedDict[tuple[str, str], Markup] = OrderedDict()

    def page(self, seen: Mapping[str, Any], place: Place, since: str = "") -> str:
        """The whole document; `since` is taken from the document that it replaces, if any."""
        since = since or seen["stamp"]
        drawn = self.draw(seen, place, Asked({}, at=place.start, since=since))
        lists = {
            name: Markup("").join(html or "" for _, html in shown) for name, shown in drawn.lists.items()
        }
        return render(
            "page.html", s=drawn.screen, since=since, parts=drawn.parts, lists=lists, hashes=drawn.hashes
        )

    def refresh(self, seen: Mapping[str, Any], place: Place, asked: Asked) -> Json:
        """The changes since the browser's last drawing, as JSON."""
        drawn = self.draw(seen, place, asked)
        return {
            "seq": drawn.screen.seq,
            "title": drawn.screen.title,
            "parts": {
                name: {"hash": version, "html": drawn.parts[name]}
                for name, version in drawn.hashes.items()
                if asked.have.get(name) != version
            },
            "lists": {
                name: [[row.key, row.version, html] for row, html in shown]
                for name, shown in drawn.lists.items()
            },
        }

    def draw(self, seen: Mapping[str, Any], place: Place, asked: Asked) -> Drawn:
        """Draw a place without the messages that the browser already has."""
        reader = Reader.of(seen)
        channel = seen.get("channel") or {}
        messages = _lasting(_messages(channel, place), asked.since)
        first, end = _window(messages, asked)
        model = screen(
            seen,
            place,
            reader,
            has_more=first > 0 or bool(channel.get("has_more")),
            has_later=end < len(messages) or asked.before is not None,
        )
        replies = (seen.get("thread") or {}).get("messages") or []
        above = messages[first - 1] if first else None
        listed = {
            "channel": rows(messages[first:end], reader, surface="channel", before=above),
            "thread": rows(_lasting(replies, asked.since), reader, surface="thread"),
        }
        drawn = {
            surface: [
                (row, self._row(row, reader, channel.get("id", ""), surface, asked.have)) for row in placed
            ]
            for surface, placed in listed.items()
        }
        return Drawn(
            screen=model,
            parts=_parts(model, seen, place, reader),
            lists={"messages": drawn["channel"], "thread": drawn["thread"]},
        )

    def _row(
        self, row: Row, reader: Reader, channel: str, surface: str, have: Mapping[str, str]
    ) -> Markup | None:
        if have.get(row.key) == row.version:
            return None
        key = (row.key, row.version)
        if key not in self._memory:
            self._memory[key] = render(
                "message.html", m=message(row, reader), channel=channel, surface=surface
            )
        self._memory.move_to_end(key)
        while len(self._memory) > _KEPT:
            self._memory.popitem(last=False)
        return self._memory[key]


def _messages(channel: Json, place: Place) -> list[Json]:
    if place.tab == "pins":
        return [{**each, "pinned": True} for each in channel.get("pins") or []]
    return [] if place.tab else channel.get("messages") or []


def _lasting(messages: Sequence[Json], since: str) -> list[Json]:
    """All messages except earlier ephemeral ones, which disappear after a reload, as in Slack."""
    return [each for each in messages if not each.get("ephemeral") or each["ts"] > since]


def _window(messages: Sequence[Json], asked: Asked) -> tuple[int, int]:
    """Indices of the first message to draw and of the one after the last."""
    wanted = _index(messages, asked.at)
    if asked.at and wanted < len(messages) and messages[wanted]["ts"] == asked.at:
        return max(0, wanted - WINDOW // 2), wanted + WINDOW // 2
    if not asked.oldest:
        return max(0, len(messages) - WINDOW), len(messages)
    first = max(0, _index(messages, asked.oldest) - (WINDOW if asked.earlier else 0))
    return first, _index(messages, asked.newest) + 1 + WINDOW if asked.later else len(messages)


def _index(messages: Sequence[Json], ts: str) -> int:
    """The index of the message with this time stamp, or where it would be."""
    return bisect_left(messages, ts, key=lambda each: str(each["ts"]))


def _parts(model: Screen, seen: Mapping[str, Any], place: Place, reader: Reader) -> dict[str, Markup]:
    parts = {
        name: render(f"{name}.html", s=model) for name in _PARTS if model.channel or name not in _OF_CHANNEL
    }
    parts |= dict.fromkeys(_OF_CHANNEL - parts.keys(), Markup())
    parts["sidebar"] = render("sidebar.html", s=sidebar(seen, reader, at_home=place.tab == "home"))
    parts["clock"] = Markup("{}").format(dates.clock_and_zone(reader.today))
    parts["directory"] = json_html(directory(seen, reader))
    return parts


_OF_CHANNEL = {"composer", "thread"}
