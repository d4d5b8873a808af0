"""View models of messages: author, time, and dividers."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.sandbox.page import dates
from bot.sandbox.page.attachments import Attachment, attachment
from bot.sandbox.page.authors import Author, author_of
from bot.sandbox.page.blocks import Block, BlockContext, blocks
from bot.sandbox.page.elements import Json
from bot.sandbox.page.entities import Entity, entity
from bot.sandbox.page.files import File, file_of
from bot.sandbox.page.mrkdwn import mrkdwn
from bot.sandbox.page.reader import Reader
from bot.sandbox.text import emoji

# Seconds within which messages of one author are grouped under one name.
TOGETHER = 5 * 60
_SYSTEM = {
    "channel_join", "channel_leave", "channel_topic", "channel_purpose", "channel_name", "channel_archive",
    "channel_unarchive", "channel_convert_to_private", "group_join", "group_leave", "group_topic", "group_purpose", "group_name",
    "group_archive", "group_unarchive", "pinned_item", "bookmark_added", "bookmark_removed", "bot_add",
    "channel_canvas_updated", "tombstone",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reaction:
    """A pill under a message."""

    name: str
    symbol: str
    count: int
    mine: bool
    who: str


@dataclass(frozen=True, slots=True)
class Row:
    """A message with its place in the list; if this is unchanged, the message is not drawn again.

    Attributes:
        day: the divider above it; may be empty.
        together: whether it is grouped with the message before it.
    """

    raw: Json
    key: str
    version: str
    day: str
    together: bool


@dataclass(frozen=True, slots=True)
class Message:
    """One message, ready to be drawn.

    Attributes:
        text: the text that its author would edit.
        prose: whether it is only text, so that a remark such as "(edited)" can be in its last line.
    """

    row: Row
    ts: str
    author: Author
    time: str
    full_time: str
    html: Markup
    blocks: list[Block]
    attachments: list[Attachment]
    entities: list[Entity]
    files: list[File]
    reactions: list[Reaction]
    repliers: list[Author]
    reply_count: int
    last_reply: str
    system: bool
    ephemeral: bool
    pinned: bool
    edited: bool
    mine: bool
    text: str
    prose: bool
    thread_ts: str


def rows(
    messages: Sequence[Json], reader: Reader, *, surface: str, before: Json | None = None
) -> Iterator[Row]:
    """Place each message below the one before it.

    Args:
        messages: oldest first.
        reader: the person who looks at them.
        surface: `channel` or `thread`; part of the key, because a message may be in both.
        before: the message above the first one; None at the beginning of the list.
    """
    basis = _version(reader.user_id, f"{reader.today:%Y-%m-%d}", _names(reader))
    for raw in messages:
        day = _day(raw, reader)
        new_day = before is None or day != _day(before, reader)
        together = not new_day and before is not None and _together(before, raw)
        written = json.dumps(raw, sort_keys=True)
        minute = f"{reader.now:%H:%M}" if "{ago}" in written else ""  # such a message changes with time
        version = _version(basis, written, minute, new_day, together)
        yield Row(
            raw,
            f"{surface}-{raw['ts']}{'-e' if raw.get('ephemeral') else ''}",
            version,
            day if new_day else "",
            together,
        )
        before = raw


def message(row: Row, reader: Reader) -> Message:
    """The view model of a placed message."""
    raw = row.raw
    local = reader.local(float(raw["ts"]))
    return Message(
        row=row,
        ts=raw["ts"],
        author=_author(raw, reader),
        time=dates.clock_time(local),
        full_time=dates.full(local),
        html=Markup() if raw.get("blocks") else mrkdwn(_text(raw), reader),
        blocks=blocks(raw.get("blocks") or [], BlockContext(reader)),
        attachments=[attachment(each, reader) for each in raw.get("attachments") or []],
        entities=[entity(each, reader) for each in (raw.get("metadata") or {}).get("entities") or []],
        files=[file_of(each) for each in raw.get("files") or []],
        reactions=[_reaction(each, reader) for each in raw.get("reactions") or []],
        repliers=[author_of(each, reader) for each in (raw.get("reply_users") or [])[:4]],
        reply_count=int(raw.get("reply_count") or 0),
        last_reply=_last_reply(raw, reader),
        system=raw.get("subtype") in _SYSTEM,
        ephemeral=bool(raw.get("ephemeral")),
        pinned=bool(raw.get("pinned")),
        edited=bool(raw.get("edited")),
        mine=raw.get("user") == reader.user_id and not raw.get("bot_id"),
        text=str(raw.get("text") or ""),
        prose=all(each.get("type") == "rich_text" for each in raw.get("blocks") or []),
        thread_ts=str(raw.get("thread_ts") or raw["ts"]),
    )


def _text(raw: Json) -> str:
    """The text; in a line like "<@U1> has joined the channel" only what follows the name, which is drawn separately."""
    text = str(raw.get("text") or "")
    return text.removeprefix(f"<@{raw.get('user')}> ") if raw.get("subtype") in _SYSTEM else text


def _author(raw: Json, reader: Reader) -> Author:
    icons = raw.get("icons") or {}
    is_app = bool(raw.get("bot_id")) or raw.get("subtype") == "bot_message"
    user_id = str(raw.get("user") or raw.get("bot_id") or "")
    return author_of(
        user_id, reader, name=str(raw.get("username") or ""), icon=str(icons.get("emoji") or ""), app=is_app
    )


def _day(raw: Json, reader: Reader) -> str:
    return dates.day(reader.local(float(raw["ts"])), reader.today)


def _together(before: Json, raw: Json) -> bool:
    same = all(before.get(key) == raw.get(key) for key in ("user", "bot_id", "username", "ephemeral"))
    quiet = before.get("subtype") not in _SYSTEM and raw.get("subtype") not in _SYSTEM
    return same and quiet and float(raw["ts"]) - float(before["ts"]) < TOGETHER


def _version(*parts: Any) -> str:
    text = json.dumps(parts, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _names(reader: Reader) -> list[tuple[str, Any]]:
    """A value that changes when a person or channel is renamed, because mentions show names."""
    people = [(key, each.get("real_name")) for key, each in reader.users.items()]
    return people + [(key, each.get("name")) for key, each in reader.channels.items()]


def _reaction(raw: Json, reader: Reader) -> Reaction:
    name, users = str(raw["name"]), raw.get("users") or []
    who = ", ".join("you" if each == reader.user_id else reader.user_name(each) for each in users)
    count = int(raw.get("count") or len(users))
    return Reaction(name, emoji.character(name) or f":{name}:", count, reader.user_id in users, who)


def _last_reply(raw: Mapping[str, Any], reader: Reader) -> str:
    latest = raw.get("latest_reply")
    if not latest:
        return ""
    moment = reader.local(float(latest))
    return f"{dates.day(moment, reader.today)} at {dates.clock_time(moment)}"
