"""In doubt the gateway looks first: what may have taken effect is found by its key and not done twice."""

import pytest

from bot.core.blocks import Message
from bot.core.text import md
from bot.ports.port import Begun, Dead, Delivered, Retry
from bot.ports.slack.calls import CreateChannel, Post, ShareFile, Topic, UploadFile
from bot.sandbox.messages import posting
from tests.slack.gateway.conftest import HELLO, NOW, Line


@pytest.mark.parametrize("private", [False, True])
async def test_a_channel_whose_answer_was_lost_is_found_again(line: Line, private: bool) -> None:  # noqa: FBT001
    await line.driver.fault("reset_after", method="conversations.create", count=1)
    call = CreateChannel(["inc-7", "inc-7-2"], private=private, since=NOW)
    lost = await line.do(call)
    assert isinstance(lost, Retry)
    assert lost.doubt
    found = await line.do(call, doubt=True)
    again = await line.do(call, doubt=True)
    assert found == again
    created = [e for e in await line.driver.traffic() if e.get("method") == "conversations.create"]
    assert len(created) == 1


async def test_a_message_whose_answer_was_lost_is_found_again(line: Line) -> None:
    room = await line.room()
    await line.driver.fault("reset_after", method="chat.postMessage", count=1)
    lost = await line.do(Post(room, HELLO, "k1"))
    assert isinstance(lost, Retry)
    assert lost.doubt
    found = await line.do(Post(room, HELLO, "k1"), doubt=True)
    assert isinstance(found, Delivered)
    assert [message["ts"] for message in await line.messages(room)] == [found.receipt["ts"]]


async def test_a_reply_whose_answer_was_lost_is_found_in_its_thread(line: Line) -> None:
    room = await line.room()
    root = (await line.do(Post(room, HELLO, "k1"))).receipt["ts"]
    reply = Post(room, Message.of(md("me too")), "k2", thread=root)
    await line.driver.fault("reset_after", method="chat.postMessage", count=1)
    assert (await line.do(reply)).doubt
    assert (await line.do(reply, doubt=True)).receipt["channel"] == room
    await line.driver.user("alice").join(room)
    thread = (await line.driver.user("alice").see(room, root))["thread"]["messages"]
    assert [message["text"] for message in thread] == ["hello", "me too"]


async def test_a_message_in_doubt_is_found_even_if_many_messages_followed(line: Line) -> None:
    room = await line.room()
    sent = await line.do(Post(room, HELLO, "k1"))
    channel = line.sandbox.workspace.channels[room]
    for each in range(250):
        posting.post(
            line.sandbox.workspace, channel, {"user": line.sandbox.users["alice"]}, {"text": f"{each}"}
        )
    assert await line.do(Post(room, HELLO, "k1"), doubt=True) == sent


async def test_a_message_in_doubt_that_never_arrived_is_sent(line: Line) -> None:
    room = await line.room()
    await line.driver.fault("reset_before", method="chat.postMessage", count=1)
    assert isinstance(await line.do(Post(room, HELLO, "k1")), Retry)
    assert isinstance(await line.do(Post(room, HELLO, "k1"), doubt=True), Delivered)
    assert len(await line.messages(room)) == 1


async def test_a_file_whose_answer_was_lost_is_not_shared_twice(line: Line) -> None:
    room, file = await line.room(), await line.uploaded()
    await line.driver.fault("reset_after", method="files.completeUploadExternal", count=1)
    share = ShareFile(room, file, "INC-1 draft", "Here it is")
    lost = await line.do(share)
    assert isinstance(lost, Retry)
    assert lost.doubt
    assert await line.do(share, doubt=True) == Delivered()
    assert await line.files(room) == [file]


async def test_a_file_that_looks_the_same_is_not_mistaken_for_it(line: Line) -> None:
    room, first, second = await line.room(), await line.uploaded(), await line.uploaded()
    assert isinstance(await line.do(ShareFile(room, first, "INC-1 draft", "Here it is")), Delivered)
    await line.driver.fault("reset_before", method="files.completeUploadExternal", count=1)
    share = ShareFile(room, second, "INC-1 draft", "Here it is")
    assert isinstance(await line.do(share), Retry)
    assert isinstance(await line.do(share, doubt=True), Delivered)
    assert await line.files(room) == [first, second]


async def test_nobody_sees_a_file_before_its_id_is_stored(line: Line) -> None:
    room = await line.room()
    await line.uploaded()
    assert await line.files(room) == []


@pytest.mark.parametrize("private", [False, True])
async def test_a_room_that_another_database_opened_is_not_mistaken_for_ours(
    line: Line,
    private: bool,  # noqa: FBT001  # a parameter of the test
) -> None:
    call = CreateChannel(["inc-7", "inc-7-2"], private=private, since=NOW)
    theirs = (await line.do(call)).receipt["channel"]
    await line.do(Post(theirs, HELLO, "k1"))
    await line.driver.fault("reset_before", method="conversations.create", count=1)
    assert isinstance(await line.do(call), Retry)
    ours = await line.do(call, doubt=True)
    assert ours.receipt["channel"] != theirs
    await line.do(Topic(ours.receipt["channel"], "SEV1"))
    assert await line.do(call, doubt=True) == Dead("name_taken")  # both are in use


async def test_a_key_of_another_app_is_not_ours(line: Line) -> None:
    room = await line.room()
    sent = await line.do(Post(room, HELLO, "k1"))
    message = line.sandbox.workspace.channels[room].messages[sent.receipt["ts"]]
    message["metadata"] = {"event_type": "another_apps", "event_payload": {"key": "k1"}}
    assert await line.do(Post(room, HELLO, "k1"), doubt=True) != sent


@pytest.mark.parametrize("fault", ["error500", "error503", "ratelimited", "reset_before", "reset_after"])
async def test_a_failed_upload_is_sent_again_without_doubt(line: Line, fault: str) -> None:
    await line.driver.fault(fault, method="upload_url", count=1)
    lost = await line.do(UploadFile("draft.md", "# Draft\n"))
    assert isinstance(lost, Retry)
    assert not lost.doubt  # nobody can have seen it
    assert await line.uploaded()


async def test_a_message_in_doubt_is_found_in_a_room_that_the_bot_was_removed_from(line: Line) -> None:
    alice = line.driver.user("alice")
    room = await line.room()
    await alice.join(room)
    await line.driver.fault("reset_after", method="chat.postMessage", count=1)
    assert isinstance(await line.do(Post(room, HELLO, "k1")), Retry)
    await alice.remove(room, "warroom")
    assert isinstance(await line.do(Post(room, HELLO, "k1"), doubt=True), Delivered)
    shown = (await alice.see(room))["channel"]["messages"]
    assert sum(message["text"] == "hello" for message in shown) == 1


async def test_a_file_in_a_direct_message_where_the_bot_may_not_look_is_sent_again(line: Line) -> None:
    told = await line.do(Post(line.sandbox.users["alice"], HELLO, "k1"))
    assert isinstance(told, Delivered)
    direct = told.receipt["channel"]
    uploaded = await line.do(UploadFile("a.csv", "number"))
    assert isinstance(uploaded, Begun)
    share = ShareFile(direct, uploaded.progress["file"], "INC-1 timeline", "")
    assert isinstance(await line.do(share, doubt=True), Delivered)


async def test_a_file_in_a_channel_that_is_not_there_is_refused_also_in_doubt(line: Line) -> None:
    assert await line.do(ShareFile("C0NOWHERE", "F1", "INC-1 timeline", ""), doubt=True) == Dead(
        "channel_not_found"
    )
