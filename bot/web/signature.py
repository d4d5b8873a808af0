"""The address at which Slack calls us, and its signature (v0), verified on raw bytes before anything is parsed.

Source: Slack docs, "Verifying requests from Slack".
"""

import hashlib
import hmac
import re
from datetime import datetime

from bot.core.clock import Clock
from bot.core.route import Headers, Route

CONTENT_TYPES = frozenset({"application/json", "application/x-www-form-urlencoded"})
WINDOW = 300  # seconds between Slack's clock and ours; an older request may be a replay

_STAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


def events(secret: str, now: Clock) -> Route:
    """The one address that the manifest gives Slack for commands, clicks and events.

    Args:
        secret: the app's signing secret.
        now: this machine's clock, which decides whether a request is too old.
    """

    def may_be(headers: Headers) -> bool:
        return may_be_signed(*_signature_headers(headers), now())

    def is_theirs(headers: Headers, body: bytes) -> bool:
        return is_signed(secret, *_signature_headers(headers), body)

    return Route(
        path="/slack/events", content_types=CONTENT_TYPES, may_be_genuine=may_be, is_genuine=is_theirs
    )


def _signature_headers(headers: Headers) -> tuple[str, str]:
    """Time stamp and signature; empty if they are missing."""
    return headers.get("X-Slack-Request-Timestamp", ""), headers.get("X-Slack-Signature", "")


def may_be_signed(stamp: str, signature: str, now: datetime) -> bool:
    """Whether the two headers have the right form and a recent time. The body is not needed.

    Args:
        stamp: `X-Slack-Request-Timestamp`, in seconds.
        signature: `X-Slack-Signature`.
        now: this machine's time.
    """
    if not _STAMP.fullmatch(stamp) or not _SIGNATURE.fullmatch(signature):
        return False
    return abs(now.timestamp() - int(stamp)) <= WINDOW


def is_signed(secret: str, stamp: str, signature: str, body: bytes) -> bool:
    """Whether the signature belongs to this body and time. Call it only if `may_be_signed` is true."""
    signing = hmac.new(secret.encode(), f"v0:{stamp}:".encode(), hashlib.sha256)
    signing.update(body)
    return hmac.compare_digest(f"v0={signing.hexdigest()}".encode(), signature.encode())
