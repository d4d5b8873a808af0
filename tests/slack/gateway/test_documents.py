"""Canvases of their own: created for nobody, shared, read, and edited below one heading."""

import pytest

from bot.ports.port import Begun, Dead, Delivered, Retry
from bot.ports.slack.documents import CreateDocument, FetchDocument, ShareDocument, WriteDocumentPart
from tests.slack.gateway.conftest import Line

TEXT = "## Summary\n\nHalf of it failed\n\n- for an hour\n\n## Impact\n\n100 customers"


async def made(line: Line, channel: str, text: str = TEXT) -> str:
    begun = await line.gateway.perform(CreateDocument(channel, "Draft", text, {"summary": "1:a"}))
    assert isinstance(begun, Begun)
    assert begun.progress["summary"] == "1:a"
    return begun.progress["canvas"]


def markdown(line: Line, canvas: str) -> str:
    return line.sandbox.workspace.canvases[canvas].markdown


def write(channel: str, canvas: str, *old: str, heading: str = "Summary") -> WriteDocumentPart:
    return WriteDocumentPart(
        channel, canvas, heading, old, ["All of it failed", "for two"], {"summary": "2:b"}
    )


async def test_nobody_sees_it_before_it_is_shared(line: Line) -> None:
    channel = await line.room()
    canvas = await made(line, channel)
    access = line.sandbox.workspace.canvases[canvas].access
    assert list(access.values()) == ["owner"]
    for level in ("write", "read"):
        shared = await line.gateway.perform(ShareDocument(channel, canvas, level, {"link": "x"}))
        assert shared == Delivered({"id": canvas, "link": "x"})
        assert access[channel] == level
    read = await line.gateway.perform(FetchDocument(channel, canvas))
    assert isinstance(read, Delivered)
    assert "* for an hour" in read.receipt["content"]


async def test_what_is_old_below_a_heading_is_replaced_and_all_else_stays(line: Line) -> None:
    channel = await line.room()
    canvas = await made(line, channel)
    for _ in range(2):  # the second time there is nothing old
        call = write(channel, canvas, "Half of it failed", "", "- for an hour", "- gone already")
        assert await line.gateway.perform(call) == Delivered({"summary": "2:b"})
    assert markdown(line, canvas).startswith("## Summary\n\nAll of it failed\n\nfor two")
    assert markdown(line, canvas).endswith("## Impact\n\n100 customers")


async def test_a_heading_that_is_gone_is_added_at_the_end(line: Line) -> None:
    channel = await line.room()
    canvas = await made(line, channel)
    await line.gateway.perform(write(channel, canvas, heading="Lessons"))
    assert markdown(line, canvas) == f"{TEXT}\n\n## Lessons\n\nAll of it failed\n\nfor two"


async def test_nothing_is_removed_if_a_line_stands_there_twice(line: Line) -> None:
    channel = await line.room()
    canvas = await made(line, channel, f"{TEXT}\n\nHalf of it failed")
    written = await line.gateway.perform(write(channel, canvas, "Half of it failed"))
    assert written == Delivered({"failed": "not_found_once"})
    assert markdown(line, canvas) == f"{TEXT}\n\nHalf of it failed"


@pytest.mark.parametrize(
    ("error", "receipt"),
    [
        ("canvas_not_found", {"gone": "canvas_not_found"}),
        ("restricted_action", {"refused": "restricted_action"}),
        ("canvas_editing_failed", {"failed": "canvas_editing_failed"}),
    ],
)
async def test_what_slack_refuses_is_data(line: Line, error: str, receipt: dict[str, str]) -> None:
    channel = await line.room()
    canvas = await made(line, channel)
    await line.driver.fault("refuse", method="canvases.edit", error=error)
    assert await line.gateway.perform(write(channel, canvas)) == Delivered(receipt)


async def test_a_locked_canvas_is_tried_again_and_an_archived_room_waits(line: Line) -> None:
    channel = await line.room()
    canvas = await made(line, channel)
    await line.driver.fault("refuse", method="canvases.edit", error="canvas_editing_locked", count=1)
    assert isinstance(await line.gateway.perform(write(channel, canvas)), Retry)
    await line.driver.fault("refuse", method="canvases.edit", error="canvas_too_large", count=1)
    line.sandbox.workspace.channels[channel].archived = True
    assert await line.gateway.perform(write(channel, canvas)) == Dead("is_archived")
