"""Server-sent events: one for each change that a person can see."""

import json
from collections.abc import Callable, Sequence

from aiohttp import web

from bot.sandbox.core.revisions import Change, Revisions

Noticed = Callable[[Change], bool]

# Seconds of silence after which a comment line shows that the stream is alive.
HEARTBEAT = 15.0


async def serve(request: web.Request, revisions: Revisions, noticed: Noticed) -> web.StreamResponse:
    """Stream changes until the client disconnects; `Last-Event-ID` resumes after that event."""
    response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-cache"})
    await response.prepare(request)
    last = request.headers.get("Last-Event-ID", "")
    seen = int(last) if last.isdigit() else revisions.seq
    await response.write(b": connected\n\n")
    while not revisions.closed:
        changes = await revisions.wait(seen, noticed, HEARTBEAT)
        if changes:
            seen = changes[-1].seq
        try:
            await response.write(_event(changes) if changes else b": still here\n\n")
        except ConnectionError:
            break
    return response


def _event(changes: Sequence[Change]) -> bytes:
    channels = sorted({change.channel for change in changes if change.channel})
    what = sorted({change.what for change in changes})
    data = json.dumps({"seq": changes[-1].seq, "channels": channels, "what": what})
    return f"id: {changes[-1].seq}\nevent: changed\ndata: {data}\n\n".encode()
