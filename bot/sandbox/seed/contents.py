"""The contents of an initial workspace; the defaults are the default workspace."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.sandbox.channels.names import check_channel_name
from bot.sandbox.core.errors import SlackError


def _time_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError(f"there is no time zone {name!r}: write one such as Europe/Berlin") from error
    return name


def _channel_name(name: str) -> str:
    try:
        check_channel_name(name)
    except SlackError as error:
        raise ValueError(
            f"{error.code}: a channel is named in up to 80 lower-case letters, digits, - and _"
        ) from error
    return name


Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"^[a-z0-9][a-z0-9._-]*$")]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Team(_Strict):
    """The workspace's name, and what it refuses.

    Attributes:
        refused_blocks: the types of blocks and elements that it does not have yet, such as `alert`.
    """

    name: str = "Acme"
    domain: Name = "acme"
    refused_blocks: tuple[str, ...] = ()


class Person(_Strict):
    """A human member of the workspace.

    Attributes:
        is_restricted: a guest, who sees only the channels they are in.
        is_ultra_restricted: a guest who can be in one channel only.
    """

    name: Name
    real_name: str = ""
    email: str = ""
    tz: Annotated[str, AfterValidator(_time_zone)] = "Etc/UTC"
    is_admin: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    deleted: bool = False


class UserGroup(_Strict):
    """People who are notified together by `@handle`."""

    handle: Name
    name: str = ""
    description: str = ""
    users: tuple[str, ...] = ()
    disabled: bool = False


class Post(_Strict):
    """A message as a person typed it."""

    user: str
    text: Annotated[str, Field(min_length=1)]


class Message(Post):
    """A message with its thread."""

    replies: tuple[Post, ...] = ()


class Channel(_Strict):
    """A channel.

    Attributes:
        members: user names, in the order in which they joined.
        app: whether the app is in it.
        messages: its messages, oldest first.
    """

    name: Annotated[str, AfterValidator(_channel_name)]
    members: tuple[str, ...] = ()
    app: bool = False
    is_private: bool = False
    topic: Annotated[str, Field(max_length=250)] = ""
    purpose: Annotated[str, Field(max_length=250)] = ""
    messages: tuple[Message, ...] = ()


PEOPLE = ("alice", "bob", "carol", "dave", "erin", "frank")


class Contents(_Strict):
    """An initial workspace; its defaults are the default workspace."""

    team: Team = Team()
    users: Annotated[tuple[Person, ...], Field(min_length=1)] = (
        Person(name="alice", real_name="Alice Adams", tz="Europe/Berlin", is_admin=True),
        Person(name="bob", real_name="Bob Brown", tz="Europe/London"),
        Person(name="carol", real_name="Carol Chen", tz="America/Los_Angeles"),
        Person(name="dave", real_name="Dave Diaz", tz="America/New_York"),
        Person(name="erin", real_name="Erin Evans", tz="Asia/Kolkata"),
        Person(name="frank", real_name="Frank Fischer", tz="Asia/Tokyo"),
    )
    channels: tuple[Channel, ...] = (
        Channel(name="general", members=PEOPLE, app=True, purpose="Everything that concerns everybody"),
        Channel(name="random", members=("alice", "bob", "carol"), purpose="The rest"),
        Channel(name="incidents", members=PEOPLE, app=True, topic="What is broken right now"),
        Channel(name="payments", members=("alice", "bob", "dave"), purpose="The payments team"),
    )
    usergroups: tuple[UserGroup, ...] = (
        UserGroup(handle="checkout-team", name="Checkout team", users=("alice", "bob", "dave")),
    )


DEFAULT: dict[str, Any] = Contents().model_dump(mode="json")
