"""Signed links to pages: the one place that makes and reads them.

A link names a person, and whoever has it could be anybody; so it is short-lived, is opened once, and is then worth nothing
without the cookie of the browser that opened it. Link and cookie are the same ticket, sealed for different purposes.
"""

import base64
import hashlib
import hmac
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from functools import partial

PATH = "/pages/"
VALID = timedelta(hours=1)  # how long a link, and the page that it opens, can be used
SEALED_MAX = 1000  # characters; a longer one is not ours
_INFO = b"warroom page links 1"


class PageName(StrEnum):
    """The pages that can be opened by a link."""

    POSTMORTEM = "postmortem"
    FIGURES = "figures"
    BOARD = "board"


class Purpose(StrEnum):
    """What a seal is for. One for a link is none for a cookie."""

    LINK = "link"
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link stands for.

    Attributes:
        id: unlike that of every other link; it is part of the page's address, and no secret.
        page: the name of the page.
        subject: what of: an incident's number, or what was typed after `metrics` or `review`.
        until: when it ends (UTC).
    """

    id: str
    team: str
    person: str
    page: str
    subject: str
    until: datetime


def derive_key(secret: str) -> bytes:
    """A key of 32 bytes that does not tell the secret: HKDF with SHA-256 (RFC 5869), without salt."""
    extracted = hmac.digest(bytes(hashlib.sha256().digest_size), secret.encode(), hashlib.sha256)
    return hmac.digest(extracted, _INFO + b"\x01", hashlib.sha256)  # the first block is as long as the key


def _draw() -> str:
    return secrets.token_urlsafe(16)


@dataclass(frozen=True, slots=True)
class PageLinks:
    """Makes links, and reads them.

    Attributes:
        url: the address under which browsers reach us, without a slash at its end.
        key: what links are signed with.
        draw: draws a new id for a link.
    """

    url: str
    key: bytes = field(repr=False)
    draw: Callable[[], str] = field(default=_draw, repr=False)

    @classmethod
    def of(cls, url: str, secret: str) -> "PageLinks":
        """Links below this address, whose key is derived from this secret."""
        return cls(url.rstrip("/"), derive_key(secret))

    def address(self, team: str, person: str, now: datetime, page: PageName, subject: str) -> str:
        """A new link to a page, for one person, who must be the only one to whom it is shown.

        Args:
            team: the workspace.
            person: the person's id.
            now: the present (UTC), from which it can be used for an hour.
            page: the page.
            subject: what of; see `Ticket`.
        """
        ticket = Ticket(self.draw(), team, person, page, subject, now + VALID)
        return f"{self.address_of(ticket)}/{self.seal(ticket, Purpose.LINK)}"

    def address_of(self, ticket: Ticket) -> str:
        """The address of the page itself, which a browser with the right cookie can open."""
        return f"{self.url}{PATH}{ticket.id}"

    def seal(self, ticket: Ticket, purpose: Purpose) -> str:
        """The ticket without its id, signed."""
        contents = [
            ticket.team,
            ticket.person,
            ticket.page,
            ticket.subject,
            int(ticket.until.timestamp()),
        ]
        document = json.dumps(contents, ensure_ascii=False, separators=(",", ":"))
        payload = _text(document.encode())
        return f"{payload}.{self._signature(purpose, ticket.id, payload)}"

    def read(self, link_id: str, sealed: str, purpose: Purpose) -> Ticket | None:
        """The ticket, whether or not it has ended; None if it is not ours, was changed, or is for another purpose.

        Args:
            link_id: the id in the address.
            sealed: what the link has after it, or the cookie.
            purpose: what it must be for.
        """
        if len(sealed) > SEALED_MAX:
            return None
        payload, _, signature = sealed.partition(".")
        made = self._signature(purpose, link_id, payload)
        # The text is compared and not the bytes for which it stands: base64 can write the same bytes in several ways.
        if not hmac.compare_digest(made.encode(), signature.encode(errors="surrogatepass")):
            return None
        padding = "=" * (-len(payload) % 4)
        team, person, page, subject, until = json.loads(base64.urlsafe_b64decode(payload + padding))
        return Ticket(link_id, team, person, page, subject, datetime.fromtimestamp(until, UTC))

    def _signature(self, purpose: Purpose, link_id: str, payload: str) -> str:
        signed = f"{purpose}\n{link_id}\n{payload}".encode(errors="surrogatepass")
        return _text(hmac.digest(self.key, signed, hashlib.sha256))


# Makes a link for the person who acts: to a page, of this subject. Empty where pages are files only.
MakeLink = Callable[[PageName, str], str]


def no_links(_page: PageName, _subject: str) -> str:
    """Pages are files only."""
    return ""


def links_for(links: PageLinks | None, team: str, person: str, now: datetime) -> MakeLink:
    """What makes links for this person."""
    return partial(links.address, team, person, now) if links else no_links


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
