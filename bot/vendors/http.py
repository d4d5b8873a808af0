"""One HTTP request to a vendor. Every way in which it can fail is data: only the outbox decides about retries."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp

from bot.ports.port import Dead, Retry
from bot.ports.trackers.port import TRACKER

LARGEST = 8 * 2**20  # bytes; a page of a hundred long issues is smaller
TIMEOUT = aiohttp.ClientTimeout(total=20.0, sock_connect=5.0)
DEFAULT_PAUSE = timedelta(
    minutes=1
)  # GitHub docs, "Best practices": at least a minute if nothing else is said
LONGEST_PAUSE = timedelta(hours=1)
NOT_MODIFIED = 304
_NOT_ALLOWED, _TOO_MANY = 403, 429
_REFUSED = {400: "invalid", 401: "unauthorized", 404: "not_found", 410: "gone_there", 422: "invalid"}


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that is no refusal.

    Attributes:
        value: its JSON; None if it has no body.
    """

    status: int
    headers: Mapping[str, str]
    value: Any


@dataclass(frozen=True, slots=True)
class Invalid(Dead):
    """A refusal of some of what was sent.

    Attributes:
        fields: the names of the fields that it is about, if the vendor tells them.
    """

    fields: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Moved(Dead):
    """It is at another address now.

    Attributes:
        to: that address; empty if the vendor does not tell it.
    """

    to: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Asks one vendor.

    Attributes:
        session: the HTTP session.
        url: the beginning of all addresses, with a slash at its end.
        headers: what is sent with every request; it has the secret, and is never logged.
    """

    session: aiohttp.ClientSession
    url: str
    headers: Mapping[str, str]

    async def __call__(
        self,
        method: str,
        path: str,
        *,
        body: Any = None,
        query: Mapping[str, str] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer | Retry | Dead:
        """The answer, or why there is none.

        A redirect is followed once, as it is, and only on the same server: a repository can have been renamed.
        """
        answer = await self._once(method, self.url + path, body=body, query=query, headers=headers)
        if isinstance(answer, Moved) and answer.to.startswith(self.url):
            return await self._once(method, answer.to, body=body, query=query, headers=headers)
        return answer

    async def _once(
        self,
        method: str,
        url: str,
        *,
        body: Any,
        query: Mapping[str, str] | None,
        headers: Mapping[str, str] | None,
    ) -> Answer | Retry | Dead:
        try:
            async with self.session.request(
                method,
                url,
                json=body,
                params=query,
                headers={**self.headers, **(headers or {})},
                allow_redirects=False,
                timeout=TIMEOUT,
            ) as response:
                raw = await _read(response)
        except aiohttp.ClientConnectorError as error:
            return Retry(type(error).__name__)  # nothing was sent
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            return Retry(type(error).__name__, doubt=True)
        return _answer(response.status, response.headers, raw)


async def _read(response: aiohttp.ClientResponse) -> bytes:
    found = bytearray()
    async for part in response.content.iter_any():
        found += part
        if len(found) > LARGEST:
            break
    return bytes(found)


def _answer(status: int, headers: Mapping[str, str], raw: bytes) -> Answer | Retry | Dead:
    if status == NOT_MODIFIED:
        return Answer(status, headers, None)
    try:
        value = json.loads(raw) if raw.strip() else None
    except (ValueError, RecursionError):
        value = Ellipsis  # no JSON
    if 200 <= status < 300:  # noqa: PLR2004  # the successful ones
        if value is Ellipsis or len(raw) > LARGEST:
            return Retry("unexpected_answer", doubt=True, unexpected=True)
        return Answer(status, headers, value)
    return _refusal(status, headers, value, raw)


def _refusal(status: int, headers: Mapping[str, str], value: Any, raw: bytes) -> Retry | Dead:
    if status == _TOO_MANY or (status == _NOT_ALLOWED and _is_limit(headers, raw)):
        return Retry(TRACKER.limited, after=_pause(headers))
    if status == _NOT_ALLOWED:
        return Dead("forbidden")
    if 300 <= status < 400:  # noqa: PLR2004  # redirects
        return Moved("moved", to=headers.get("Location", ""))
    if status >= 500 or status == 408:  # noqa: PLR2004  # it failed there, perhaps after it had begun
        return Retry(f"http_{status}", doubt=True)
    reason = _REFUSED.get(status, f"http_{status}")
    if reason == "invalid" and isinstance(value, dict):
        return Invalid(reason, fields=_fields(value.get("errors")))
    return Dead(reason)


def _fields(errors: Any) -> frozenset[str]:
    """The fields that a refusal is about: GitHub has a list of objects, Jira an object."""
    if isinstance(errors, dict):
        return frozenset(map(str, errors))
    if isinstance(errors, list):
        return frozenset(str(each["field"]) for each in errors if isinstance(each, dict) and "field" in each)
    return frozenset()


def _is_limit(headers: Mapping[str, str], raw: bytes) -> bool:
    """Whether a 403 only asks us to slow down (GitHub docs, "Rate limits for the REST API")."""
    return (
        "Retry-After" in headers
        or headers.get("X-RateLimit-Remaining") == "0"
        or b"secondary rate limit" in raw.lower()
    )


def _pause(headers: Mapping[str, str]) -> timedelta:
    """How long it asks us to wait. The time of the reset is compared with the vendor's own clock, not with ours."""
    seconds = _number(headers.get("Retry-After", ""))
    if seconds is None and (reset := _number(headers.get("X-RateLimit-Reset", ""))) is not None:
        try:
            seconds = reset - int(parsedate_to_datetime(headers.get("Date", "")).timestamp()) + 1
        except ValueError:
            seconds = None
    if seconds is None:
        return DEFAULT_PAUSE
    return min(max(timedelta(seconds=seconds), timedelta(seconds=1)), LONGEST_PAUSE)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() else None
