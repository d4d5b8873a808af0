"""Who and what is in a workspace at first: the one everybody starts with, or that of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from bot.sandbox.channels.names import check_channel_name
from bot.sandbox.core.errors import SlackError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path


class SeedError(Exception):
    """A workspace cannot begin like this; the message lists every mistake and where it stands."""


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
    """The workspace's own name."""

    name: str = "Acme"
    domain: Name = "acme"


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


class Group(_Strict):
    """People who are called together, by ``@handle``."""

    handle: Name
    name: str = ""
    description: str = ""
    users: tuple[str, ...] = ()
    disabled: bool = False


class Said(_Strict):
    """A message that somebody has written, as they typed it."""

    user: str
    text: Annotated[str, Field(min_length=1)]


class Message(Said):
    """A message with its thread."""

    replies: tuple[Said, ...] = ()


class Room(_Strict):
    """A channel.

    Attributes:
        members: user names, in the order they came.
        app: whether the app is in it.
        messages: what was said there, oldest first.
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
    """A workspace at its beginning; its defaults are the workspace everybody starts with."""

    team: Team = Team()
    users: Annotated[tuple[Person, ...], Field(min_length=1)] = (
        Person(name="alice", real_name="Alice Adams", tz="Europe/Berlin", is_admin=True),
        Person(name="bob", real_name="Bob Brown", tz="Europe/London"),
        Person(name="carol", real_name="Carol Chen", tz="America/Los_Angeles"),
        Person(name="dave", real_name="Dave Diaz", tz="America/New_York"),
        Person(name="erin", real_name="Erin Evans", tz="Asia/Kolkata"),
        Person(name="frank", real_name="Frank Fischer", tz="Asia/Tokyo"),
    )
    channels: tuple[Room, ...] = (
        Room(name="general", members=PEOPLE, app=True, purpose="Everybody, everything"),
        Room(name="random", members=("alice", "bob", "carol"), purpose="The rest"),
        Room(name="incidents", members=PEOPLE, app=True, topic="What is broken right now"),
        Room(name="payments", members=("alice", "bob", "dave"), purpose="The payments team"),
    )
    usergroups: tuple[Group, ...] = (
        Group(handle="checkout-team", name="Checkout team", users=("alice", "bob", "dave")),
    )


DEFAULT: dict[str, Any] = Contents().model_dump(mode="json")


def load(path: Path) -> dict[str, Any]:
    """Read a workspace file, YAML or JSON in the shape of `Contents`, for `Sandbox.start` to begin with.

    Raises:
        SeedError: it cannot be read, or says something that makes no sense.
    """
    try:
        text = path.read_text(encoding="utf-8")
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text)):
            raise SeedError(
                f"{path} has aliases, of which a few lines make millions of values: write them out"
            )
        document = yaml.safe_load(text)
    except OSError as error:
        raise SeedError(f"cannot read {path}: {error.strerror}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise SeedError(f"{path} is neither YAML nor JSON: {error}") from error
    try:
        return check(document).model_dump(mode="json")
    except SeedError as error:
        raise SeedError(f"{path} has mistakes:\n{error}") from error


def check(document: Any) -> Contents:
    """The contents that a parsed workspace file describes.

    Of what it leaves out, the default stands in; only people of its own, without channels, get a
    ``general`` in which they all are, and without user groups none.

    Raises:
        SeedError: it says something that makes no sense.
    """
    try:
        given = Contents.model_validate({} if document is None else document)
        if "users" in given.model_fields_set and "channels" not in given.model_fields_set:
            everybody = Room(name="general", members=_active(given.users), app=True)
            given = given.model_copy(update={"channels": (everybody,)})
        if "users" in given.model_fields_set and "usergroups" not in given.model_fields_set:
            given = given.model_copy(update={"usergroups": ()})
        return _sensible(given)
    except ValidationError as error:
        raise SeedError(_told(error)) from error


def _active(users: Sequence[Person]) -> tuple[str, ...]:
    return tuple(user.name for user in users if not user.deleted)


def _sensible(given: Contents) -> Contents:
    # A name and a handle are typed alike, so no group may be called like a person.
    called = [*(user.name for user in given.users), *(group.handle for group in given.usergroups)]
    wrong = [
        *_repeated("users", [user.name for user in given.users]),
        *_repeated("channels", [room.name for room in given.channels]),
        *(_repeated("usergroups", called, len(given.users))),
        *_strangers(given),
        *_crowded(given),
    ]
    if wrong:
        raise SeedError("\n".join(f"  {line}" for line in wrong))
    return given


def _repeated(part: str, names: Sequence[str], first: int = 0) -> Iterator[str]:
    """The repeated ones among the names from the first of that part on."""
    for place, name in enumerate(names[first:]):
        if name in names[: first + place]:
            yield f"{part}.{place}: there are two with the name {name!r}"


def _strangers(given: Contents) -> Iterator[str]:
    known = {user.name for user in given.users}
    for place, group in enumerate(given.usergroups):
        for user in group.users:
            if user not in known:
                yield f"usergroups.{place}.users: there is no user {user!r}"
    for place, room in enumerate(given.channels):
        for member in room.members:
            if member not in known:
                yield f"channels.{place}.members: there is no user {member!r}"
        for number, message in enumerate(room.messages):
            for author in (message.user, *(reply.user for reply in message.replies)):
                if author not in room.members:
                    yield f"channels.{place}.messages.{number}: {author!r} is not a member of {room.name!r}"


def _crowded(given: Contents) -> Iterator[str]:
    """Accounts that cannot be in the channels they are in."""
    for place, user in enumerate(given.users):
        count = sum(user.name in room.members for room in given.channels)
        if user.is_ultra_restricted and count > 1:
            yield f"users.{place}: a single-channel guest is in one channel, not in {count}"
        if user.deleted and count:
            yield f"users.{place}: who is deactivated is in no channel"


def _told(error: ValidationError) -> str:
    """Each mistake on a line: where, and what."""
    rows = []
    for mistake in error.errors():
        place = ".".join(str(step) for step in mistake["loc"]) or "the file"
        told = mistake["msg"].removeprefix("Value error, ")
        if mistake["type"] == "model_type":
            told = "must hold names and values"
        rows.append(f"  {place}: {told}")
    return "\n".join(rows)
