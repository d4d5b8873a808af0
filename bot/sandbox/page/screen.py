"""View model of the whole screen, from the result of `see` for a place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from bot.sandbox.page.authors import Author, author_of
from bot.sandbox.page.blocks import Block, BlockContext, blocks
from bot.sandbox.page.elements import Json, text_of
from bot.sandbox.page.files import File, file_of
from bot.sandbox.page.markdown import markdown
from bot.sandbox.page.mrkdwn import mrkdwn
from bot.sandbox.page.place import Place
from bot.sandbox.page.reader import Reader
from bot.sandbox.page.sidebar import Channel, channel_of
from bot.sandbox.text import emoji

# A suggestion for new users, if the app has this command.
EXAMPLE = ("/incident", "declare checkout is failing")


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A link above the messages."""

    title: str
    link: str
    emoji: str


@dataclass(frozen=True, slots=True)
class Document:
    """A canvas.

    Attributes:
        markdown: the same as it is edited.
        is_writable: whether this person may edit it.
    """

    id: str
    title: str
    html: Markup
    markdown: str
    is_writable: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A list: the names of its columns, and the words and the address of each cell."""

    id: str
    name: str
    description: str
    columns: list[str]
    rows: list[list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class View:
    """A modal.

    Attributes:
        error: errors for blocks that are not in the view.
    """

    id: str
    title: Markup
    submit: Markup
    close: Markup
    blocks: list[Block]
    depth: int
    error: str


@dataclass(frozen=True, slots=True)
class Screen:
    """Everything that the templates draw, except the sidebar and the lists of messages."""

    seq: int
    user: str
    user_id: str
    real_name: str
    zone: str
    app: str
    tab: str
    thread: str
    title: str
    channel: Channel | None
    path: str
    topic: Markup
    purpose: Markup
    pin_count: int
    bookmarks: list[Bookmark]
    canvas: Document | None
    home: list[Block]
    modals: list[View]
    people: list[Author]
    non_members: list[Author]
    has_more: bool
    has_later: bool
    at: str
    files: list[File]
    documents: list[Document]
    lists: list[Table]
    welcome: bool
    try_first: str
    other: str
    other_name: str


def screen(
    seen: Mapping[str, Any], place: Place, reader: Reader, *, has_more: bool, has_later: bool
) -> Screen:
    """The screen of a place.

    Args:
        seen: the result of `see`.
        place: the place.
        reader: the person who looks at it.
        has_more: whether there are messages before the first one drawn.
        has_later: whether there are messages after the last one drawn.
    """
    raw = seen.get("channel") or {}
    channel = channel_of(raw, reader, raw["id"]) if raw else None
    user, other = seen["user"], _other(seen)
    app_name = str(seen["app"]["name"])
    members = raw.get("members") or []
    return Screen(
        seq=seen["seq"],
        user=user["name"],
        user_id=user["id"],
        real_name=user["real_name"],
        zone=str(user.get("tz") or "UTC"),
        app=app_name,
        tab=place.tab,
        thread=place.thread if seen.get("thread") else "",
        title=channel.label if channel else app_name,
        channel=channel,
        path=channel.path if channel else f"/{user['name']}/@home",
        topic=mrkdwn(_said(raw.get("topic")), reader),
        purpose=mrkdwn(_said(raw.get("purpose")), reader),
        pin_count=len(raw.get("pins") or []),
        bookmarks=[_bookmark(each) for each in raw.get("bookmarks") or []],
        canvas=_document(raw["canvas"], seen, reader) if raw.get("canvas") else None,
        home=_home(seen, reader) if place.tab == "home" else [],
        modals=_modals(seen, reader),
        people=[author_of(each, reader) for each in members],
        non_members=_non_members(seen, members, reader) if channel and channel.is_member else [],
        has_more=has_more,
        has_later=has_later,
        at=place.at,
        files=[file_of(each) for each in seen.get("files") or [] if raw.get("id") in _homes(each)],
        documents=_documents(seen, str(raw.get("id")), reader),
        lists=_lists(seen, str(raw.get("id")), reader),
        welcome=place.tab == ""
        and not has_more
        and not _conversation(raw)
        and bool(channel and channel.is_member),
        try_first=_try_first(seen),
        other=other["name"],
        other_name=other["real_name"],
    )


def _said(value: Any) -> str:
    """The text of a topic or purpose, which is Slack's object or a string."""
    return str(value.get("value", "")) if isinstance(value, dict) else str(value or "")


def _other(seen: Mapping[str, Any]) -> Json:
    """Another person to act as: the next one in the list."""
    people = [each for each in seen["users"] if not each.get("is_bot") and not each.get("deleted")]
    at = next((at for at, each in enumerate(people) if each["id"] == seen["user"]["id"]), -1)
    return dict(people[(at + 1) % len(people)]) if people else dict(seen["user"])


def _non_members(seen: Mapping[str, Any], members: list[str], reader: Reader) -> list[Author]:
    here = [each for each in seen["users"] if not each.get("deleted")]
    return [author_of(each["id"], reader) for each in here if each["id"] not in members]


def _bookmark(raw: Json) -> Bookmark:
    name = str(raw.get("emoji") or "").strip(":")
    return Bookmark(
        str(raw.get("title") or raw.get("link")), str(raw.get("link")), emoji.character(name) or "🔗"
    )


def _homes(file: Json) -> list[str]:
    """The channels in which a file was shared."""
    return [each for kind in ("channels", "groups", "ims") for each in file.get(kind) or []]


def _documents(seen: Mapping[str, Any], channel: str, reader: Reader) -> list[Document]:
    """The canvases that are shared with the channel or with the person, besides the channel's own."""
    mine = {channel, str(seen["user"]["id"])}
    return [
        _document(each, seen, reader)
        for each in seen.get("canvases") or []
        if not each.get("channel") and mine & each["access"].keys()
    ]


def _lists(seen: Mapping[str, Any], channel: str, reader: Reader) -> list[Table]:
    """The lists that are shared with the channel or with the person."""
    mine = {channel, str(seen["user"]["id"])}
    return [
        Table(
            each["id"],
            each["name"],
            each["description"],
            each["columns"],
            [[_cell(cell, reader) for cell in row] for row in each["rows"]],
        )
        for each in seen.get("lists") or []
        if mine & each["access"].keys()
    ]


def _cell(cell: Json, reader: Reader) -> tuple[str, str]:
    """The words and the address in a cell; an address is empty if it is none of the web."""
    names = ", ".join(str(author_of(each, reader).name) for each in cell.get("users") or [])
    link = str(cell.get("link") or "")
    return str(cell.get("text") or names), link if link.startswith(("http://", "https://")) else ""


def _document(raw: Json, seen: Mapping[str, Any], reader: Reader) -> Document:
    text = str(raw["markdown"])
    mine = {seen["user"]["id"], *(each["id"] for each in seen["channels"] if each["is_member"])}
    levels = {level for key, level in raw["access"].items() if key in mine}
    return Document(
        str(raw["id"]), str(raw["title"]), markdown(text, reader), text, bool(levels & {"write", "owner"})
    )


def _conversation(raw: Mapping[str, Any]) -> bool:
    """Whether anybody has written anything yet."""
    return any(
        not each.get("subtype", "").startswith(("channel_", "group_")) for each in raw.get("messages") or []
    )


def _try_first(seen: Mapping[str, Any]) -> str:
    commands = seen["app"].get("commands") or []
    if any(each["command"] == EXAMPLE[0] for each in commands):
        return " ".join(EXAMPLE)
    return str(commands[0]["command"]) if commands else ""


def _home(seen: Mapping[str, Any], reader: Reader) -> list[Block]:
    view = seen.get("home") or {}
    return blocks(view.get("blocks") or [], _around(view, reader))


def _around(view: Json, reader: Reader, errors: Mapping[str, str] | None = None) -> BlockContext:
    return BlockContext(reader, (view.get("state") or {}).get("values") or {}, errors or {})


def _modals(seen: Mapping[str, Any], reader: Reader) -> list[View]:
    views = seen.get("modals") or []
    return [
        # Errors belong to the view that was submitted, which is the one on top.
        _view(view, depth, reader, (seen.get("field_errors") or {}) if depth == len(views) else {})
        for depth, view in enumerate(views, start=1)
    ]


def _view(view: Json, depth: int, reader: Reader, errors: Mapping[str, str]) -> View:
    known = {block.get("block_id") for block in view["blocks"]}
    return View(
        id=view["id"],
        title=_words(view.get("title")),
        submit=_words(view.get("submit")),
        close=_words(view.get("close")),
        blocks=blocks(view["blocks"], _around(view, reader, errors)),
        depth=depth,
        error=" ".join(text for block_id, text in errors.items() if block_id not in known),
    )


def _words(composition: Any) -> Markup:
    return Markup("{}").format(text_of(composition))
