"""Messages are posted, edited, removed, pinned and read, and people are looked up."""

import pytest

from bot.core.blocks import Message
from bot.core.text import md
from bot.ports.port import Delivered, Retry
from bot.ports.slack.calls import Edit, FetchMessage, FetchPerson, InvitePeople, Pin, Post, Remove, Topic
from tests.slack.gateway.conftest import HELLO, Line


async def test_a_posted_message_returns_its_place_and_an_edit_replaces_it(line: Line) -> None:
    room = await line.room()
    posted = await line.do(Post(room, HELLO, "k1"))
    assert await line.do(Edit(room, posted.receipt["ts"], Message.of(md("bye")))) == Delivered()
    assert [message["text"] for message in await line.messages(room)] == ["bye"]


async def test_a_message_is_removed_and_one_that_is_already_gone_is_no_error(line: Line) -> None:
    room = await line.room()
    posted = await line.do(Post(room, HELLO, "k1"))
    for _ in range(2):
        assert await line.do(Remove(room, posted.receipt["ts"], HELLO)) == Delivered()
    assert await line.messages(room) == []


@pytest.mark.parametrize("refusal", ["cant_delete_message", "compliance_exports_prevent_deletion"])
async def test_if_slack_forbids_removing_a_message_it_is_edited(line: Line, refusal: str) -> None:
    room = await line.room()
    posted = await line.do(Post(room, HELLO, "k1"))
    await line.driver.fault("refuse", method="chat.delete", error=refusal)
    assert await line.do(Remove(room, posted.receipt["ts"], Message.of(md("over")))) == Delivered()
    assert [message["text"] for message in await line.messages(room)] == ["over"]


async def test_what_was_done_before_counts_as_done(line: Line) -> None:
    room = await line.room()
    posted = await line.do(Post(room, HELLO, "k1"))
    alice, me = line.sandbox.users["alice"], line.sandbox.bot_user_id
    for call in (Pin(room, posted.receipt["ts"]), Pin(room, posted.receipt["ts"]), Topic(room, "SEV1")):
        assert await line.do(call) == Delivered()
    for person in (alice, alice, me):
        assert await line.do(InvitePeople(room, [person])) == Delivered({"people": person})


async def test_a_permalink_that_fails_for_the_moment_is_tried_again(line: Line) -> None:
    said = await line.driver.user("bob").say("general", "it broke")
    read = FetchMessage(line.sandbox.channels["general"], said["messages"][-1]["ts"])
    await line.driver.fault("error503", method="chat.getPermalink", count=1)
    assert isinstance(await line.do(read), Retry)
    await line.driver.fault("unknown_method", method="chat.getPermalink", count=1)
    assert (await line.do(read)).receipt["link"] == ""


async def test_a_person_is_read_with_name_and_time_zone(line: Line) -> None:
    carol = await line.do(FetchPerson(line.sandbox.users["carol"]))
    bot = await line.do(FetchPerson(line.sandbox.bot_user_id))
    assert carol.receipt == {
        "name": "Carol Chen",
        "zone": "America/Los_Angeles",
        "is_bot": "no",
        "is_guest": "no",
        "is_active": "yes",
        "is_admin": "no",
    }
    assert bot.receipt["is_bot"] == "yes"


async def test_a_message_is_read_with_author_and_link(line: Line) -> None:
    said = await line.driver.user("bob").say("general", "it <broke> & burnt")
    ts = said["messages"][-1]["ts"]
    read = await line.do(FetchMessage(line.sandbox.channels["general"], ts))
    assert read.receipt["text"] == "it <broke> & burnt"
    assert read.receipt["author"] == line.sandbox.users["bob"]
    assert ts.replace(".", "") in read.receipt["link"]
