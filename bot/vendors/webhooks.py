"""What a tracker sends us: a signature over the raw body (HMAC-SHA256), as GitHub and Jira both make it.

Source: GitHub docs, "Validating webhook deliveries"; Atlassian docs, "Webhooks", "Secure admin webhooks" (WebSub).
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Sequence

from bot.core.route import Headers, HttpHandler, HttpRequest, HttpResponse, Route
from bot.ports.trackers.calls import Follow, Heard

CONTENT_TYPES = frozenset({"application/json"})
_SIGNATURE = re.compile(r"sha256=[0-9a-f]{64}")


def route(path: str, header: str, secret: str) -> Route:
    """An address at which only who knows the secret is heard.

    Args:
        path: its path.
        header: the header that has the signature.
        secret: the secret that both sides know.
    """

    def may_be(headers: Headers) -> bool:
        return _SIGNATURE.fullmatch(headers.get(header, "")) is not None

    def is_theirs(headers: Headers, body: bytes) -> bool:
        signed = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        return hmac.compare_digest(f"sha256={signed}".encode(), headers.get(header, "").encode())

    return Route(path=path, content_types=CONTENT_TYPES, may_be_genuine=may_be, is_genuine=is_theirs)


def handler(read: Callable[[HttpRequest], Sequence[Heard]], follow: Follow) -> HttpHandler:
    """Answer a genuine request: with 200 only when what it says is committed."""

    async def handle(request: HttpRequest) -> HttpResponse:
        for each in read(request):
            await follow(each)
        return HttpResponse(200)

    return handle
