"""View model of the sidebar: channels in their sections."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.page.dates import clock_time
from bot.sandbox.page.reader import Reader

FOLDED = ("Other channels", "Archived")


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel in the sidebar, the header and the composer.

    Attributes:
        label: `#general`, or the other person's name.
    """

    id: str
    name: str
    icon: str
    path: str
    label: str
    is_member: bool
    is_im: bool
    is_archived: bool
    unread: int
    mentions: int
    num_members: int
    current: bool = False


@dataclass(frozen=True, slots=True)
class Sidebar:
    """The channels, by section, and the app.

    Attributes:
        app: its name; empty if the manifest disables the Home tab.
        undisturbed_until: the time of day until which the person is in do-not-disturb; empty if they are not.
    """

    user: str
    app: str
    at_home: bool
    sections: list[tuple[str, list[Channel]]]
    undisturbed_until: str = ""
    folded: tuple[str, ...] = field(default=FOLDED)


def channel_of(raw: Mapping[str, Any], reader: Reader, current: str = "") -> Channel:
    """The view model of a channel in a result of `see`."""
    is_im = bool(raw.get("is_im"))
    name = _partner(raw, reader) if is_im else str(raw["name"])
    user = reader.users[reader.user_id]["name"]
    return Channel(
        id=raw["id"],
        name=name,
        icon="at" if is_im else "lock" if raw.get("is_private") else "hash",
        path=f"/{user}/{raw['id'] if is_im else raw['name']}",
        label=name if is_im else f"#{name}",
        is_member=bool(raw.get("is_member")),
        is_im=is_im,
        is_archived=bool(raw.get("is_archived")),
        unread=int(raw.get("unread") or 0),
        mentions=int(raw.get("mentions") or 0),
        num_members=int(raw.get("num_members") or 0),
        current=raw["id"] == current,
    )


def has_home(seen: Mapping[str, Any]) -> bool:
    """Whether the app has a Home tab, as its manifest says."""
    return bool(seen["app"]["home_tab_enabled"])


def sidebar(seen: Mapping[str, Any], reader: Reader, *, at_home: bool) -> Sidebar:
    """The sidebar for a result of `see`."""
    current = (seen.get("channel") or {}).get("id", "")
    channels = sorted((channel_of(each, reader, current) for each in seen["channels"]), key=_alphabet)
    mine = [each for each in channels if not each.is_archived and not each.is_im]
    return Sidebar(
        user=seen["user"]["name"],
        app=str(seen["app"]["name"]) if has_home(seen) else "",
        at_home=at_home,
        sections=[
            ("Channels", _where(mine, member=True)),
            ("Other channels", _where(mine, member=False)),
            ("Direct messages", [each for each in channels if each.is_im]),
            ("Archived", [each for each in channels if each.is_archived and not each.is_im]),
        ],
        undisturbed_until=_time(seen["user"].get("undisturbed_until"), reader),
    )


def _where(channels: Iterable[Channel], *, member: bool) -> list[Channel]:
    return [each for each in channels if each.is_member == member]


def _time(seconds: int | None, reader: Reader) -> str:
    return clock_time(reader.local(seconds)) if seconds else ""


def _alphabet(channel: Channel) -> str:
    return channel.name.casefold()


def _partner(raw: Mapping[str, Any], reader: Reader) -> str:
    """The display names of the other people in a direct message; `see` has their short names."""
    full = {each["name"]: reader.user_name(key) for key, each in reader.users.items()}
    return ", ".join(full.get(name, name) for name in str(raw["name"]).split(", "))
