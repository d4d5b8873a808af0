"""The screen as HTML, in parts: whole the first time, afterwards only the parts that changed."""

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

# Messages drawn at first, and again each time somebody scrolls up to the oldest one drawn.
WINDOW = 100
# Messages that may arrive between two looks without the oldest ones drawn falling out of sight.
_NEWS = 100
# Drawn messages kept in memory, so that a change to one does not draw the others again.
_KEPT = 4_000
_PARTS = ("header", "intro", "body", "outro", "composer", "thread", "modals")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a browser has drawn already, and how far back.

    Attributes:
        have: version of each part and message, by key.
        oldest: time stamp of the first message drawn, or empty for the newest `WINDOW`.
        newest: time stamp of the last message drawn where there are later ones, or empty where the list is
            at its end.
        count: how many messages that are.
        earlier: whether `WINDOW` messages before the first one are wanted too.
        later: whether `WINDOW` messages after the last one are wanted too.
        at: time stamp of a message to begin at, with its surroundings, or empty.
        since: the latest time stamp when the document was loaded: ephemeral messages from before are gone.
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
        """The end of what has to be looked at, exclusive; None where that is the end of the channel."""
        # Time stamps are compared as text, and nothing stands between this one and the one with a digit more.
        return f"{self.newest}0" if self.newest and not self.later else None

    @property
    def limit(self) -> int | None:
        """How many messages before that hold all that is to be drawn, the one above it, and some news."""
        if self.at or self.later:
            return None  # how far back that is, only the whole channel tells
        return max(WINDOW, self.count) + (WINDOW if self.earlier else 0) + _NEWS


@dataclass(frozen=True, slots=True)
class Drawn:
    """A screen as HTML.

    Attributes:
        lists: rows in order; None where the browser has this very version already.
    """

    screen: Screen
    parts: dict[str, Markup]
    lists: dict[str, list[tuple[Row, Markup | None]]]

    @property
    def hashes(self) -> dict[str, str]:
        """What tells a changed part from an unchanged one."""
        return {name: hashlib.sha256(html.encode()).hexdigest()[:16] for name, html in self.parts.items()}


class Renderer:
    """Draws screens; remembers the messages it drew."""

    def __init__(self) -> None:
        self._memory: OrderedDict[tuple[str, str], Markup] = OrderedDict()

    def page(self, seen: Mapping[str, Any], place: Place, since: str = "") -> str:
        """The whole document; `since` is that of the document it takes the place of, where it is no new one."""
        since = since or seen["stamp"]
        drawn = self.draw(seen, place, Asked({}, at=place.start, since=since))
        lists = {
            name: Markup("").join(html or "" for _, html in shown) for name, shown in drawn.lists.items()
        }
        return render(
            "page.html", s=drawn.screen, since=since, parts=drawn.parts, lists=lists, hashes=drawn.hashes
        )

    def refresh(self, seen: Mapping[str, Any], place: Place, asked: Asked) -> Json:
        """What has changed since the browser drew last, as JSON."""
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
        """Draw a place, leaving out the messages that the browser has."""
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
    """All but the ephemeral messages from before: those are not there any more after a reload, as in Slack."""
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
    """Where the message with this time stamp is, or would be."""
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
