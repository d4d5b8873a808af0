"""Bookmarks and canvases: added once, changed in place, and what a workspace or a person may do to them."""

from typing import Any

import pytest

from bot.ports.port import Dead, Delivered, Retry
from bot.ports.slack.calls import (
    CanvasSection,
    CreateCanvas,
    EditCanvas,
    RemoveBookmark,
    SetBookmark,
    ShareFile,
)
from tests.slack.gateway.conftest import Line

STATE = CanvasSection("state", "State", "ours: state", "_ours: state_  \nall is well", "d1")
TASKS = CanvasSection("tasks", "Tasks", "ours: tasks", "_ours: tasks_  \nnone yet", "d2")
NEWS = CanvasSection("state", "State", "ours: state", "_ours: state_  \nall is lost", "d3")


def bookmark(channel: str, link: str = "https://a.example/", known: str = "") -> SetBookmark:
    return SetBookmark(channel, known, "Bridge", link, "telephone_receiver", "bridge", "d")


async def seen(line: Line, channel: str) -> dict[str, Any]:
    alice = line.sandbox.users["alice"]
    if alice not in line.sandbox.workspace.channels[channel].members:
        await line.driver.user("alice").join(channel)
    found: dict[str, Any] = (await line.driver.user("alice").see(channel))["channel"]
    return found


async def links(line: Line, channel: str) -> list[str]:
    return [each["link"] for each in (await seen(line, channel))["bookmarks"]]


async def document(line: Line, channel: str) -> str:
    return str((await seen(line, channel))["canvas"]["markdown"])


async def test_a_bookmark_is_added_changed_and_removed(line: Line) -> None:
    channel = await line.room()
    added = await line.do(bookmark(channel))
    known = added.receipt["id"]
    assert added.receipt == {"name": "bridge", "id": known, "digest": "d"}
    changed = await line.do(bookmark(channel, "https://b.example/", known))
    assert changed.receipt["id"] == known
    assert await links(line, channel) == ["https://b.example/"]
    for _ in range(2):  # the second time it is gone already
        removed = await line.do(RemoveBookmark(channel, known, "bridge"))
        assert removed.receipt == {"name": "bridge", "id": "", "digest": ""}
    assert await links(line, channel) == []


async def test_a_bookmark_that_somebody_has_removed_is_added_again_when_it_changes(line: Line) -> None:
    channel = await line.room()
    assert (await line.do(bookmark(channel, known="Bk0GONE"))).receipt["id"] != "Bk0GONE"
    assert await links(line, channel) == ["https://a.example/"]


async def test_a_bookmark_in_doubt_is_found_by_its_title_and_link_and_not_added_twice(line: Line) -> None:
    channel = await line.room()
    await line.driver.fault("reset_after", method="bookmarks.add", count=1)
    result = await line.do(bookmark(channel))
    assert isinstance(result, Retry)
    assert result.doubt
    await line.do(bookmark(channel), doubt=True)
    assert await links(line, channel) == ["https://a.example/"]
    await line.do(bookmark(channel, "https://b.example/"), doubt=True)
    assert await links(line, channel) == ["https://a.example/", "https://b.example/"]


@pytest.mark.parametrize("call", [bookmark("{}"), RemoveBookmark("{}", "Bk1", "bridge")])
async def test_a_workspace_may_allow_no_bookmarks(line: Line, call: Any) -> None:
    channel = await line.room()
    line.sandbox.workspace.app.scopes -= {"bookmarks:write"}
    call = type(call)(**{name: getattr(call, name) for name in call.__slots__} | {"channel": channel})
    assert await line.do(call) == Delivered({"refused": "missing_scope"})


async def test_an_archived_channel_is_no_rule_of_the_workspace(line: Line) -> None:
    channel = await line.room()
    line.sandbox.workspace.channels[channel].archived = True
    assert await line.do(bookmark(channel)) == Dead("is_archived")


async def test_other_refusals_of_a_bookmark_are_told(line: Line) -> None:
    channel = await line.room()
    assert await line.do(bookmark(channel, "ftp://a.example")) == Dead("invalid_link")
    assert await line.do(bookmark("C0NOWHERE")) == Dead("channel_not_found")
    assert await line.do(RemoveBookmark("C0NOWHERE", "Bk1", "card")) == Dead("channel_not_found")


async def test_a_canvas_is_created_once_and_its_sections_are_replaced_where_they_are(line: Line) -> None:
    channel = await line.room()
    created = await line.do(CreateCanvas(channel, "INC-1", (STATE, TASKS)))
    canvas = created.receipt["id"]
    assert created.receipt == {"id": canvas, "state": "d1", "tasks": "d2"}
    again = await line.do(CreateCanvas(channel, "INC-1", (STATE, TASKS)))
    assert again.receipt == {"id": canvas}
    line.sandbox.workspace.canvases[canvas].sections[2].markdown = "## Tasks of ours"
    edited = await line.do(EditCanvas(channel, canvas, NEWS))
    assert edited.receipt == {"state": "d3"}
    assert await document(line, channel) == (
        f"## State\n\n{NEWS.paragraph}\n\n## Tasks of ours\n\n{TASKS.paragraph}"
    )


async def test_a_section_that_somebody_deleted_comes_back_under_its_heading_or_at_the_end(
    line: Line,
) -> None:
    channel = await line.room()
    canvas = (await line.do(CreateCanvas(channel, "INC-1", (STATE,)))).receipt["id"]
    shown = line.sandbox.workspace.canvases[canvas]
    del shown.sections[1]
    await line.do(EditCanvas(channel, canvas, NEWS))
    assert await document(line, channel) == f"## State\n\n{NEWS.paragraph}"
    await line.do(EditCanvas(channel, canvas, TASKS))
    assert (await document(line, channel)).endswith(f"## Tasks\n\n{TASKS.paragraph}")


async def test_a_plan_without_channel_canvases_gets_a_tab(line: Line) -> None:
    channel = await line.room()
    await line.driver.fault(
        "refuse",
        method="conversations.canvases.create",
        count=1,
        error="team_tier_cannot_create_channel_canvases",
    )
    assert "id" in (await line.do(CreateCanvas(channel, "INC-1", (STATE,)))).receipt
    assert "all is well" in await document(line, channel)


@pytest.mark.parametrize(
    ("error", "receipt"),
    [
        ("restricted_action", {"refused": "restricted_action"}),
        ("canvas_not_found", {"gone": "canvas_not_found"}),
        ("canvas_too_large", {"failed": "canvas_too_large", "state": "d3"}),
        ("canvas_editing_failed", {"failed": "canvas_editing_failed", "state": "d3"}),
    ],
)
async def test_what_becomes_of_an_edit_that_is_refused(
    line: Line, error: str, receipt: dict[str, str]
) -> None:
    channel = await line.room()
    canvas = (await line.do(CreateCanvas(channel, "INC-1", (STATE,)))).receipt["id"]
    await line.driver.fault("refuse", method="canvases.edit", count=2, error=error)
    assert await line.do(EditCanvas(channel, canvas, NEWS)) == Delivered(receipt)


async def test_an_edit_between_two_of_somebody_else_is_tried_once_more(line: Line) -> None:
    channel = await line.room()
    canvas = (await line.do(CreateCanvas(channel, "INC-1", (STATE,)))).receipt["id"]
    await line.driver.fault("refuse", method="canvases.edit", count=1, error="canvas_editing_failed")
    assert await line.do(EditCanvas(channel, canvas, NEWS)) == Delivered({"state": "d3"})


async def test_other_refusals_of_a_canvas_are_told(line: Line) -> None:
    channel = await line.room()
    assert await line.do(CreateCanvas("C0NOWHERE", "x", (STATE,))) == Dead("canvas_creation_failed")
    canvas = (await line.do(CreateCanvas(channel, "INC-1", (STATE,)))).receipt["id"]
    await line.driver.fault("refuse", method="canvases.edit", count=1, error="invalid_arguments")
    assert await line.do(EditCanvas(channel, canvas, NEWS)) == Dead("invalid_arguments")
    line.sandbox.workspace.app.scopes -= {"canvases:write"}
    assert await line.do(CreateCanvas(channel, "x", (STATE,))) == Delivered({"refused": "missing_scope"})


async def test_an_edit_in_an_archived_channel_is_no_fault_of_the_section(line: Line) -> None:
    channel = await line.room()
    canvas = (await line.do(CreateCanvas(channel, "INC-1", (STATE,)))).receipt["id"]
    line.sandbox.workspace.channels[channel].archived = True
    await line.driver.fault("refuse", method="canvases.edit", count=2, error="canvas_editing_failed")
    assert await line.do(EditCanvas(channel, canvas, NEWS)) == Dead("is_archived")


async def test_a_canvas_that_exists_and_is_not_told_is_given_up(line: Line) -> None:
    channel = await line.room()
    await line.driver.fault(
        "refuse", method="conversations.canvases.create", count=1, error="channel_canvas_already_exists"
    )
    assert await line.do(CreateCanvas(channel, "x", (STATE,))) == Dead("channel_canvas_already_exists")


async def test_the_address_of_a_shared_file_is_told(line: Line) -> None:
    channel, file = await line.room(), await line.uploaded()
    shared = await line.do(ShareFile(channel, file, "Draft", "Here"))
    assert shared.receipt["link"].startswith("http")
