"""Read a workspace file and check it; all mistakes are reported."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError

from bot.sandbox.seed.contents import Channel, Contents, Person


class SeedError(Exception):
    """The workspace file is wrong; the message lists every mistake and its place."""


def load(path: Path) -> dict[str, Any]:
    """Read a workspace file, YAML or JSON in the shape of `Contents`, for `Sandbox.start`.

    Raises:
        SeedError: it cannot be read, or is wrong.
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

    Missing parts are those of the default. But if it has its own people and no channels, there is a `general` with all
    of them; and if it has its own people and no user groups, there are none.

    Raises:
        SeedError: it is wrong.
    """
    try:
        given = Contents.model_validate({} if document is None else document)
        if "users" in given.model_fields_set and "channels" not in given.model_fields_set:
            everybody = Channel(name="general", members=_active(given.users), app=True)
            given = given.model_copy(update={"channels": (everybody,)})
        if "users" in given.model_fields_set and "usergroups" not in given.model_fields_set:
            given = given.model_copy(update={"usergroups": ()})
        return _consistent(given)
    except ValidationError as error:
        raise SeedError(_lines(error)) from error


def _active(users: Sequence[Person]) -> tuple[str, ...]:
    return tuple(user.name for user in users if not user.deleted)


def _consistent(given: Contents) -> Contents:
    # A name and a handle are typed in the same way, so a group must not have a person's name.
    called = [*(user.name for user in given.users), *(group.handle for group in given.usergroups)]
    wrong = [
        *_repeated("users", [user.name for user in given.users]),
        *_repeated("channels", [channel.name for channel in given.channels]),
        *(_repeated("usergroups", called, len(given.users))),
        *_unknown_users(given),
        *_misplaced(given),
    ]
    if wrong:
        raise SeedError("\n".join(f"  {line}" for line in wrong))
    return given


def _repeated(part: str, names: Sequence[str], first: int = 0) -> Iterator[str]:
    """The repeated names, from index `first` on."""
    for place, name in enumerate(names[first:]):
        if name in names[: first + place]:
            yield f"{part}.{place}: there are two with the name {name!r}"


def _unknown_users(given: Contents) -> Iterator[str]:
    known = {user.name for user in given.users}
    for place, group in enumerate(given.usergroups):
        for user in group.users:
            if user not in known:
                yield f"usergroups.{place}.users: there is no user {user!r}"
    for place, channel in enumerate(given.channels):
        for member in channel.members:
            if member not in known:
                yield f"channels.{place}.members: there is no user {member!r}"
        for number, message in enumerate(channel.messages):
            for author in (message.user, *(reply.user for reply in message.replies)):
                if author not in channel.members:
                    yield f"channels.{place}.messages.{number}: {author!r} is not a member of {channel.name!r}"


def _misplaced(given: Contents) -> Iterator[str]:
    """Accounts that must not be in their channels."""
    for place, user in enumerate(given.users):
        count = sum(user.name in channel.members for channel in given.channels)
        if user.is_ultra_restricted and count > 1:
            yield f"users.{place}: a single-channel guest is in one channel, not in {count}"
        if user.deleted and count:
            yield f"users.{place}: who is deactivated is in no channel"


def _lines(error: ValidationError) -> str:
    """One line for each mistake: where, and what."""
    rows = []
    for mistake in error.errors():
        place = ".".join(str(step) for step in mistake["loc"]) or "the file"
        told = mistake["msg"].removeprefix("Value error, ")
        if mistake["type"] == "model_type":
            told = "must hold names and values"
        rows.append(f"  {place}: {told}")
    return "\n".join(rows)
