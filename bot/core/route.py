"""An address for HTTP requests, and how their senders prove who they are."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

Headers = Mapping[str, str]  # by name, in upper or lower case


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """An address.

    Attributes:
        path: its path, such as `/slack/events`.
        content_types: the content types that are accepted.
        may_be_genuine: whether a request may be genuine, by its headers alone; if not, its body is not even read.
        is_genuine: whether a request is genuine, by its headers and its body.
    """

    path: str
    content_types: frozenset[str]
    may_be_genuine: Callable[[Headers], bool]
    is_genuine: Callable[[Headers, bytes], bool]


@dataclass(frozen=True, slots=True)
class HttpRequest:
    """A genuine request."""

    body: bytes
    content_type: str
    headers: Headers


@dataclass(frozen=True, slots=True)
class HttpResponse:
    """The answer to a request."""

    status: int
    text: str = ""
    content_type: str = "text/plain"


HttpHandler = Callable[[HttpRequest], Awaitable[HttpResponse]]
