"""Errors that need something to happen first: what happens, and then the call that is refused."""

from collections.abc import Awaitable, Callable
from typing import Any

from tests.sandbox.arguments import bookmark, edit, later, published, reacted, unscheduled
from tests.sandbox.blocks import modal
from tests.sandbox.test_work_objects import INCIDENT
from tests.sandbox.world import World

#: Does what must happen first, and gives the arguments of the call that is then refused.
Sequence = Callable[[World], Awaitable[dict[str, Any]]]


async def pinned_twice(w: World) -> dict[str, Any]:
    await w.call("pins.add", channel=w.incidents, timestamp=w.ts)
    return {"channel": w.incidents, "timestamp": w.ts}


async def too_many_pins(w: World) -> dict[str, Any]:
    for _ in range(100):
        posted = await w.call("chat.postMessage", channel=w.general, text="x")
        await w.call("pins.add", channel=w.general, timestamp=posted["ts"])
    posted = await w.call("chat.postMessage", channel=w.general, text="x")
    return {"channel": w.general, "timestamp": posted["ts"]}


async def reacted_twice(w: World) -> dict[str, Any]:
    await w.call("reactions.add", **reacted(w))
    return reacted(w)


async def too_many_reactions(w: World) -> dict[str, Any]:
    for number in range(23):
        await w.call("reactions.add", **reacted(w, name=f"emoji_{number}"))
    return reacted(w)


async def too_many_emoji(w: World) -> dict[str, Any]:
    for number in range(50):
        person = ("alice", "bob", "carol")[number // 20]
        details = {"channel": w.incidents, "ts": w.ts, "name": f"emoji_{number}"}
        await w.sandbox.act({"user": person, "action": "react", **details})
    return reacted(w)


async def reaction_after_leaving(w: World) -> dict[str, Any]:
    await w.call("conversations.leave", channel=w.incidents)
    return reacted(w)


async def too_many_bookmarks(w: World) -> dict[str, Any]:
    for _ in range(100):
        await w.call("bookmarks.add", **bookmark(w.general))
    return bookmark(w.general)


async def bookmark_with(w: World, **change: Any) -> dict[str, Any]:
    made = await w.call("bookmarks.add", **bookmark(w.general))
    return {"channel_id": w.general, "bookmark_id": made["bookmark"]["id"], **change}


async def bookmark_with_bad_link(w: World) -> dict[str, Any]:
    return await bookmark_with(w, link="ftp://example.com")


async def bookmark_with_bad_emoji(w: World) -> dict[str, Any]:
    return await bookmark_with(w, emoji=":Not One:")


async def channel_canvas_twice(w: World) -> dict[str, Any]:
    await w.call("conversations.canvases.create", channel_id=w.general)
    return {"channel_id": w.general}


async def canvas_grown_too_large(w: World) -> dict[str, Any]:
    half = {"type": "markdown", "markdown": "x" * 60_000}
    await w.call("canvases.edit", **edit(w.canvas, document_content=half))
    return edit(w.canvas, operation="insert_at_end", document_content=half)


async def another_apps_file(w: World) -> dict[str, Any]:
    details = {"channel": "general", "filename": "mine.txt", "content": "x"}
    shared = await w.sandbox.act({"user": "alice", "action": "upload", **details})
    return {"file": shared["messages"][0]["files"][0]["id"]}


async def trigger_used(w: World) -> dict[str, Any]:
    trigger_id = w.trigger("bob")
    await w.call("views.open", trigger_id=trigger_id, view=modal())
    return {"trigger_id": trigger_id, "view": modal()}


async def trigger_too_old(w: World) -> dict[str, Any]:
    trigger_id = w.trigger()
    await w.sandbox.clock.advance(3.1)
    return {"trigger_id": trigger_id, "view": modal()}


async def stack_full(w: World) -> dict[str, Any]:
    for _ in range(2):
        await w.call("views.push", trigger_id=w.trigger(), view=modal())
    return {"trigger_id": w.trigger(), "view": modal()}


async def two_views_with_one_external_id(w: World) -> dict[str, Any]:
    other = await w.call("views.open", trigger_id=w.trigger("bob"), view=modal())
    return {"view_id": other["view"]["id"], "view": modal(external_id="taken")}


async def home_changed_meanwhile(w: World) -> dict[str, Any]:
    await w.call("views.publish", **published(w))
    return {**published(w), "hash": "0.old"}


async def home_tab_off(w: World) -> dict[str, Any]:
    w.sandbox.workspace.app.home_tab = False
    return published(w)


async def messages_tab_off(w: World) -> dict[str, Any]:
    w.sandbox.workspace.app.messages_tab = False
    return {"channel": w.user("alice"), "text": "x"}


async def messages_tab_off_for_whispers(w: World) -> dict[str, Any]:
    await messages_tab_off(w)
    return {"channel": w.direct, "user": w.user("alice"), "text": "x"}


async def scheduled_too_many(w: World) -> dict[str, Any]:
    for _ in range(30):
        await w.call("chat.scheduleMessage", **later(w))
    return later(w)


async def called_off_too_late(w: World) -> dict[str, Any]:
    scheduled = await w.call("chat.scheduleMessage", **later(w, after=30))
    return {**unscheduled(w.general), "scheduled_message_id": scheduled["scheduled_message_id"]}


async def upload_without_bytes(w: World) -> dict[str, Any]:
    promised = await w.call("files.getUploadURLExternal", filename="a.txt", length=1)
    return {"files": [{"id": promised["file_id"]}]}


def _pane_asked(w: World) -> str:
    """The trigger of a pane that somebody has opened."""
    workspace, alice = w.sandbox.workspace, w.user("alice")
    trigger = workspace.triggers.give(alice)
    workspace.panes_asked[trigger] = {"user": alice, "external_ref": {"id": "INC-12"}}
    return trigger


async def pane_of_nothing(w: World) -> dict[str, Any]:
    return {"trigger_id": _pane_asked(w), "metadata": {}}


async def pane_of_another(w: World) -> dict[str, Any]:
    return {"trigger_id": _pane_asked(w), "metadata": {**INCIDENT, "external_ref": {"id": "INC-13"}}}


SEQUENCES: list[tuple[str, str, Sequence]] = [
    ("pins.add", "already_pinned", pinned_twice),
    ("pins.add", "too_many_pins", too_many_pins),
    ("reactions.add", "already_reacted", reacted_twice),
    ("reactions.add", "too_many_reactions", too_many_reactions),
    ("reactions.add", "too_many_emoji", too_many_emoji),
    ("reactions.add", "no_access", reaction_after_leaving),
    ("reactions.remove", "no_access", reaction_after_leaving),
    ("bookmarks.add", "too_many_bookmarks", too_many_bookmarks),
    ("bookmarks.edit", "invalid_link", bookmark_with_bad_link),
    ("bookmarks.edit", "invalid_emoji", bookmark_with_bad_emoji),
    ("conversations.canvases.create", "channel_canvas_already_exists", channel_canvas_twice),
    ("canvases.create", "free_team_canvas_tab_already_exists", channel_canvas_twice),
    ("canvases.edit", "canvas_too_large", canvas_grown_too_large),
    ("files.delete", "cant_delete_file", another_apps_file),
    ("files.completeUploadExternal", "file_not_found", upload_without_bytes),
    ("views.open", "exchanged_trigger_id", trigger_used),
    ("views.open", "expired_trigger_id", trigger_too_old),
    ("views.push", "exchanged_trigger_id", trigger_used),
    ("views.push", "expired_trigger_id", trigger_too_old),
    ("views.push", "push_limit_reached", stack_full),
    ("views.update", "duplicate_external_id", two_views_with_one_external_id),
    ("views.publish", "hash_conflict", home_changed_meanwhile),
    ("views.publish", "not_enabled", home_tab_off),
    ("chat.postMessage", "messages_tab_disabled", messages_tab_off),
    ("chat.postEphemeral", "messages_tab_disabled", messages_tab_off_for_whispers),
    ("chat.scheduleMessage", "restricted_too_many", scheduled_too_many),
    ("chat.deleteScheduledMessage", "invalid_scheduled_message_id", called_off_too_late),
    ("entity.presentDetails", "invalid_metadata", pane_of_nothing),
    ("entity.presentDetails", "entity_metadata_does_not_match_trigger", pane_of_another),
]
