"""What is heard over HTTP at an address, and how whoever sends it proves who they are."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

Headers = Mapping[str, str]  # by name, in whatever case


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An address.

    Attributes:
        path: such as `/slack/events`.
        content_types: what is taken there.
        may_be_genuine: whether it may be, by its headers alone: of what may not, the body is not even read.
        is_genuine: whether it is, by its headers and its body.
    """

    path: str
    content_types: frozenset[str]
    may_be_genuine: Callable[[Headers], bool]
    is_genuine: Callable[[Headers, bytes], bool]


@dataclass(frozen=True, slots=True)
class Heard:
    """A genuine request."""

    body: bytes
    content_type: str
    headers: Headers


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to it."""

    status: int
    text: str = ""
    content_type: str = "text/plain"


Hear = Callable[[Heard], Awaitable[Told]]
