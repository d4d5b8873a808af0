"""A message that Slack refuses for one of its newer blocks is sent in its plain form, in the same attempt."""

import asyncio
from datetime import datetime
from pathlib import Path

from bot.core import newer as rich
from bot.core.blocks import Block, Message, modal, section
from bot.core.clock import utc_now
from bot.core.newer import NewerBlock, NewerKind, folded
from bot.core.text import md
from bot.drills.stage import readable
from bot.engine.store.database import Database
from bot.ports.port import Dead, Delivered
from bot.ports.slack.calls import Edit, Post, ReplaceView, Respond
from bot.slack import newer_blocks
from bot.slack.newer_blocks import NewerBlocks
from tests.slack.gateway.conftest import HELLO, Line

FOLDED = folded("Title", md("Words"), [section(md("Words"))])
SHOWN = Message(md("Text"), [FOLDED])


async def calls(to: Line, method: str) -> list[str | None]:
    """The errors of all calls of a method, in order; None for those that worked."""
    traffic = await to.driver.traffic()
    return [each.get("error") for each in traffic if method in (each.get("method"), each.get("type"))]


async def test_an_error_in_a_newer_block_of_ours_is_not_taken_for_a_refusal_of_its_type(line: Line) -> None:
    room = await line.room()
    wrong = NewerBlock(NewerKind.CONTAINER, {"type": "container", "child_blocks": []}, [section(md("Plain"))])
    for key in ("k1", "k2"):
        assert isinstance(await line.do(Post(room, Message(md("Text"), [wrong]), key)), Delivered)
    shown = await line.messages(room)
    assert [readable(each["blocks"]) for each in shown] == ["Plain"] * 2
    assert await calls(line, "chat.postMessage") == ["invalid_blocks", None] * 2, (
        "tried both times: the type is not refused"
    )


async def test_other_errors_of_slack_are_not_answered_with_the_plain_form(line: Line) -> None:
    room = await line.room()
    await line.driver.fault("refuse", method="chat.postMessage", error="restricted_action")
    result = await line.do(Post(room, Message(md("Text"), [FOLDED]), "k1"))
    assert result == Dead("restricted_action")
    assert await calls(line, "chat.postMessage") == ["restricted_action"]


async def test_a_message_that_slack_refuses_in_both_forms_blames_no_type(line: Line) -> None:
    room = await line.room()
    wrong = NewerBlock(NewerKind.CONTAINER, {"type": "container"}, [{"type": "section"}])
    assert await line.do(Post(room, Message(md("Text"), [wrong]), "k1")) == Dead("invalid_blocks")


async def test_an_edit_is_sent_in_its_plain_form_and_from_then_on_at_once(line: Line) -> None:
    room = await line.room()
    posted = await line.do(Post(room, HELLO, "k1"))
    await line.driver.refuse_blocks("container")
    for _ in range(2):
        await line.do(Edit(room, posted.receipt["ts"], SHOWN))
    assert await calls(line, "chat.update") == ["invalid_blocks", None, None]
    assert readable((await line.messages(room))[0]["blocks"]) == "*Title*\nWords"


async def test_an_answer_that_a_response_url_refuses_is_sent_in_its_plain_form(line: Line) -> None:
    await line.driver.refuse_blocks("container", "tag")
    url = line.sandbox.workspace.response_urls.give(
        line.sandbox.users["alice"], line.sandbox.channels["general"], None
    )
    both = Message(md("Text"), [*SHOWN.blocks, rich.line(rich.Tag("SEV1", "red"))])
    for message in (both, SHOWN, SHOWN):
        assert await line.do(Respond(f"{line.sandbox.page_url}response/{url}", message)) == Delivered()
    # Its answer does not say which of two types is meant.
    assert await calls(line, "response_url") == ["invalid_blocks", None, "invalid_blocks", None, None]


async def test_a_form_is_updated_in_its_plain_form(line: Line) -> None:
    await line.driver.refuse_blocks("alert")
    view = modal("opening", "Opening", [rich.alert(md("Wait."))])
    alice = line.sandbox.users["alice"]
    opened = line.sandbox.workspace.views.open(alice, modal("opening", "Opening", [section(md("…"))]))
    assert await line.do(ReplaceView(opened["id"], view)) == Delivered()
    assert await calls(line, "views.update") == ["invalid_arguments", None]
    assert readable(line.sandbox.see(alice)["modals"][0]["blocks"]) == ":warning: Wait."


async def test_a_refusal_counts_although_it_could_not_be_stored(line: Line) -> None:
    async def away(_kinds: frozenset[str], _at: datetime) -> None:
        raise OSError("the database is away")

    async def send(blocks: list[Block]) -> int:
        tried.append([each["type"] for each in blocks])
        await line.gateway._client.chat_postMessage(channel=room, text="x", blocks=blocks)
        return len(tried)

    room, tried = await line.room(), list[list[str]]()
    await line.driver.refuse_blocks("container")
    newer = NewerBlocks(utc_now, away, {})
    assert await newer.send([FOLDED], send) == 2
    await asyncio.sleep(0)
    assert await newer.send([FOLDED], send) == 3
    assert tried == [["container"], ["section", "section"], ["section", "section"]]


async def test_if_refusals_cannot_be_read_every_newer_block_is_tried(tmp_path: Path) -> None:
    database = Database(f"sqlite+aiosqlite:///{tmp_path}/without_tables.db")
    newer = await newer_blocks.load(database, "T1", utc_now)
    assert newer.is_tried([FOLDED])
    await database.close()
