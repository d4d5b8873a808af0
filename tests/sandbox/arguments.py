"""Valid arguments of calls; each case changes one thing."""

from typing import Any

from tests.sandbox.blocks import home, modal, section
from tests.sandbox.world import World


def bookmark(channel: str, **more: Any) -> dict[str, Any]:
    return {"channel_id": channel, "title": "Docs", "type": "link", "link": "https://example.com", **more}


def edit(canvas: str, **change: Any) -> dict[str, Any]:
    document = {"type": "markdown", "markdown": "x"}
    whole = {"operation": "replace", "document_content": document, **change}
    return {"canvas_id": canvas, "changes": [whole]}


def lookup(canvas: str) -> dict[str, Any]:
    return {"canvas_id": canvas, "criteria": {"contains_text": "x"}}


def access(w: World, **more: Any) -> dict[str, Any]:
    return {"canvas_id": w.canvas, "access_level": "read", "user_ids": [w.user("bob")], **more}


def said(w: World, channel: str | None = None, **more: Any) -> dict[str, Any]:
    return {"channel": channel or w.general, "text": "x", **more}


def both(w: World) -> dict[str, Any]:
    return said(w, markdown_text="*x*")


def whispered(w: World, **more: Any) -> dict[str, Any]:
    return {"channel": w.general, "user": w.user("alice"), "text": "x", **more}


def updated(w: World, **more: Any) -> dict[str, Any]:
    return {"channel": w.incidents, "ts": w.ts, "text": "x", **more}


def later(w: World, *, after: int = 600, **more: Any) -> dict[str, Any]:
    return {"channel": w.general, "text": "x", "post_at": int(w.sandbox.clock.timestamp()) + after, **more}


def unscheduled(channel: str) -> dict[str, Any]:
    return {"channel": channel, "scheduled_message_id": "Q0"}


def unfurled(w: World, **more: Any) -> dict[str, Any]:
    return {"channel": w.incidents, "ts": w.ts, "unfurls": {"https://example.com/x": {"text": "x"}}, **more}


def renamed(w: World, name: str) -> dict[str, Any]:
    own = next(c for c in w.sandbox.workspace.channels.values() if c.name == "own")
    return {"channel": own.id, "name": name}


def on_direct(w: World, **more: Any) -> dict[str, Any]:
    return {"channel": w.direct, **more}


def invited(w: World, **more: Any) -> dict[str, Any]:
    return {"channel": w.incidents, "users": w.user("bob"), **more}


def kicked(w: World, **more: Any) -> dict[str, Any]:
    return {"channel": w.incidents, "user": w.user("alice"), **more}


def thread(w: World, **more: Any) -> dict[str, Any]:
    return {"channel": w.incidents, "ts": w.ts, **more}


def opened(w: World, name: str, **more: Any) -> dict[str, Any]:
    return {"users": w.user(name), **more}


def promised(length: int = 1, **more: Any) -> dict[str, Any]:
    return {"filename": "a.txt", "length": length, **more}


def completed(w: World, **more: Any) -> dict[str, Any]:
    return {"files": [{"id": w.file}], **more}


def reacted(w: World, **more: Any) -> dict[str, Any]:
    return {"channel": w.incidents, "timestamp": w.ts, "name": "eyes", **more}


def shown(w: World, **more: Any) -> dict[str, Any]:
    return {"trigger_id": w.trigger(), "view": modal(**more)}


def too_large(view: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    large = {**(view or modal()), "blocks": [section("x" * 3000) for _ in range(90)]}
    return {"view": large, **more}


def published(w: World, **more: Any) -> dict[str, Any]:
    return {"user_id": w.user("alice"), "view": home(**more)}


def markdown(w: World, text: str) -> dict[str, Any]:
    return {"channel": w.general, "markdown_text": text}
