"""The gateway answers with data, whatever Slack does; in doubt it looks before it does something twice."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
import yaml
from aiohttp import web

from bot.core.blocks import Message, modal, section
from bot.core.clock import utc_now
from bot.core.resources import shipped
from bot.core.text import md
from bot.ports.port import Begun, Dead, Delivered, Retry
from bot.ports.slack.calls import (
    Call,
    CreateChannel,
    Edit,
    FetchMembers,
    FetchMessage,
    FetchPerson,
    InvitePeople,
    LookAtChannel,
    Pin,
    Post,
    Remove,
    ReplaceView,
    Respond,
    ShareFile,
    Topic,
    UploadFile,
)
from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from bot.sandbox.messages import posting
from bot.slack.connection import web_client
from bot.slack.gateway.gateway import Gateway

NOW = utc_now()
HELLO = Message.of(md("hello"))


@dataclass(frozen=True)
class Line:
    """A gateway to a sandbox, and who can look into it."""

    gateway: Gateway
    sandbox: Sandbox
    driver: Driver

    async def do(self, call: Call, *, doubt: bool = False) -> Any:
        """Perform a call."""
        return await self.gateway.perform(call, doubt)

    async def room(self) -> str:
        """A fresh channel of the bot's."""
        made = await self.do(CreateChannel(["inc-1"], private=False, since=NOW))
        return str(made.receipt["channel"])

    async def uploaded(self) -> str:
        """The id of a file whose bytes are there, and which nobody sees yet."""
        begun = await self.do(UploadFile("draft.md", "# Draft\n"))
        assert isinstance(begun, Begun)
        return begun.progress["file"]

    async def files(self, channel: str) -> list[str]:
        """The ids of the files that alice sees there."""
        await self.driver.user("alice").join(channel)
        shown = (await self.driver.user("alice").see(channel))["channel"]["messages"]
        return [file["id"] for message in shown for file in message.get("files") or []]

    async def messages(self, channel: str) -> list[dict[str, Any]]:
        """What alice reads there, besides what Slack itself posts."""
        await self.driver.user("alice").join(channel)
        shown = (await self.driver.user("alice").see(channel))["channel"]["messages"]
        return [message for message in shown if not message.get("subtype")]


@pytest.fixture
async def line() -> AsyncIterator[Line]:
    manifest = yaml.safe_load(shipped("manifest.yml").read_text())
    sandbox = await Sandbox.start(manifest=manifest)
    async with (
        Driver(sandbox.control_url) as driver,
        web_client(sandbox.bot_token, sandbox.base_url) as (client, session),
    ):
        yield Line(Gateway(client, session), sandbox, driver)
    await sandbox.stop()


@pytest.fixture
async def site() -> AsyncIterator[str]:
    """A server that answers everything with a page, as the login page of a network does."""

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<html>Please log in</html>", content_type="text/html")

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/"
    await runner.cleanup()


async def test_a_posted_message_gives_its_place_and_an_edit_replaces_it(line: Line) -> None:
    room = await line.room()
    posted = await line.do(Post(room, HELLO, "k1"))
    assert await line.do(Edit(room, posted.receipt["ts"], Message.of(md("bye")))) == Delivered()
    assert [message["text"] for message in await line.messages(room)] == ["bye"]


async def test_a_message_is_taken_away_and_one_that_is_gone_already_is_no_trouble(line: Line) -> None:
    room = await line.room()
    posted = await line.do(Post(room, HELLO, "k1"))
    for _ in range(2):
        assert await line.do(Remove(room, posted.receipt["ts"], HELLO)) == Delivered()
    assert await line.messages(room) == []


@pytest.mark.parametrize("refusal", ["cant_delete_message", "compliance_exports_prevent_deletion"])
async def test_where_slack_lets_nothing_be_taken_away_the_message_is_changed(
    line: Line, refusal: str
) -> None:
    room = await line.room()
    posted = await line.do(Post(room, HELLO, "k1"))
    await line.driver.fault("refuse", method="chat.delete", error=refusal)
    assert await line.do(Remove(room, posted.receipt["ts"], Message.of(md("over")))) == Delivered()
    assert [message["text"] for message in await line.messages(room)] == ["over"]


async def test_what_is_so_already_is_as_good_as_done(line: Line) -> None:
    room = await line.room()
    posted = await line.do(Post(room, HELLO, "k1"))
    alice, me = line.sandbox.users["alice"], line.sandbox.bot_user_id
    for call in (Pin(room, posted.receipt["ts"]), Pin(room, posted.receipt["ts"]), Topic(room, "SEV1")):
        assert await line.do(call) == Delivered()
    for person in (alice, alice, me):
        assert await line.do(InvitePeople(room, [person])) == Delivered({"people": person})


async def test_whoever_cannot_be_invited_keeps_nobody_out_and_is_told(line: Line) -> None:
    room, users = await line.room(), line.sandbox.users
    line.sandbox.workspace.users[users["carol"]].is_restricted = True
    line.sandbox.workspace.users[users["dave"]].deleted = True
    people = [users["alice"], users["carol"], users["dave"], users["bob"]]
    carol_refused, dave_refused = {users["carol"]: "user_is_restricted"}, {users["dave"]: "user_not_found"}
    refused = Dead("user_is_restricted", carol_refused | dave_refused)
    assert await line.do(InvitePeople(room, people)) == refused
    again = [users["dave"], users["alice"]]
    assert await line.do(InvitePeople(room, again)) == Dead("user_not_found", dave_refused)
    members = (await line.driver.user("bob").see(room))["channel"]["members"]
    assert {users["alice"], users["bob"]} <= set(members)
    line.sandbox.workspace.users[users["carol"]].is_restricted = False
    line.sandbox.workspace.users[users["dave"]].deleted = False
    assert await line.do(InvitePeople(room, people)) == Delivered({"people": " ".join(people)})


async def test_where_slack_does_not_say_whom_it_refuses_each_is_invited_alone(line: Line) -> None:
    room, users = await line.room(), line.sandbox.users
    people = [users["alice"], users["carol"]]
    await line.driver.fault("refuse", method="conversations.invite", error="ura_max_channels", count=2)
    assert await line.do(InvitePeople(room, people)) == Dead(
        "ura_max_channels", {users["alice"]: "ura_max_channels"}
    )
    await line.driver.fault("refuse", method="conversations.invite", error="missing_scope", count=1)
    assert await line.do(InvitePeople(room, people)) == Dead("missing_scope")


async def test_the_members_of_a_room_are_read_whole_or_left_for_the_next_time(line: Line) -> None:
    room, users = await line.room(), line.sandbox.users
    await line.do(InvitePeople(room, [users["alice"], users["bob"]]))
    read = await line.do(FetchMembers(room))
    assert set(read.receipt["members"].split()) == {line.sandbox.bot_user_id, users["alice"], users["bob"]}
    assert await line.do(FetchMembers("C0NOWHERE")) == Delivered()
    await line.driver.fault("refuse", method="conversations.members", error="fetch_members_failed", count=1)
    assert await line.do(FetchMembers(room)) == Delivered()
    await line.driver.fault("ratelimited", method="conversations.members", count=1, retry_after=3)
    assert isinstance(await line.do(FetchMembers(room)), Retry)


async def test_a_taken_name_gives_way_to_the_next(line: Line) -> None:
    first = await line.do(CreateChannel(["inc-7", "inc-7-2"], private=False, since=NOW))
    second = await line.do(CreateChannel(["inc-7", "inc-7-2"], private=False, since=NOW))
    assert first.receipt["channel"] != second.receipt["channel"]
    assert await line.do(CreateChannel(["inc-7", "inc-7-2"], private=False, since=NOW)) == Dead("name_taken")


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


async def test_a_message_in_doubt_is_found_also_where_much_was_said_since(line: Line) -> None:
    room = await line.room()
    sent = await line.do(Post(room, HELLO, "k1"))
    channel = line.sandbox.workspace.channels[room]
    for each in range(250):
        posting.post(
            line.sandbox.workspace, channel, {"user": line.sandbox.users["alice"]}, {"text": f"{each}"}
        )
    assert await line.do(Post(room, HELLO, "k1"), doubt=True) == sent


async def test_a_message_that_never_arrived_is_sent_in_doubt(line: Line) -> None:
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


async def test_a_file_that_looks_the_same_is_not_taken_for_it(line: Line) -> None:
    room, first, second = await line.room(), await line.uploaded(), await line.uploaded()
    assert await line.do(ShareFile(room, first, "INC-1 draft", "Here it is")) == Delivered()
    await line.driver.fault("reset_before", method="files.completeUploadExternal", count=1)
    share = ShareFile(room, second, "INC-1 draft", "Here it is")
    assert isinstance(await line.do(share), Retry)
    assert await line.do(share, doubt=True) == Delivered()
    assert await line.files(room) == [first, second]


async def test_nobody_sees_a_file_before_its_id_is_kept(line: Line) -> None:
    room = await line.room()
    await line.uploaded()
    assert await line.files(room) == []


@pytest.mark.parametrize("private", [False, True])
async def test_a_room_that_another_database_opened_is_not_taken_for_ours(line: Line, private: bool) -> None:  # noqa: FBT001
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


async def test_it_is_seen_whether_a_channel_can_be_posted_in(line: Line) -> None:
    alice, room = line.driver.user("alice"), await line.room()
    secret = (await line.do(CreateChannel(["inc-2"], private=True, since=NOW))).receipt["channel"]
    await line.do(InvitePeople(secret, [line.sandbox.users["alice"]]))
    yes, no = Delivered({"open": "yes"}), Delivered({"open": ""})
    assert [await line.do(LookAtChannel(each)) for each in (room, secret)] == [yes, yes]
    await alice.join(room)
    await alice.archive(room)
    await alice.remove(secret, "warroom")
    assert await line.do(LookAtChannel(room)) == no
    assert await line.do(LookAtChannel(secret)) == Dead("channel_not_found")
    await alice.unarchive(room)
    assert await line.do(LookAtChannel(room)) == yes


async def test_slack_says_how_long_to_wait(line: Line) -> None:
    await line.driver.fault("ratelimited", method="chat.postMessage", count=1, retry_after=17)
    assert await line.do(Post("C1", HELLO, "k1")) == Retry("ratelimited", after=timedelta(seconds=17))


@pytest.mark.parametrize(
    ("told", "seconds"),
    [
        ("17", 17),
        ("0", 0),
        ("0.2", 1),
        ("1e999", None),
        ("nan", None),
        ("-5", None),
        ("", None),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("99999999999999999999", 3600),
        ("soon", None),
    ],
)
async def test_whatever_slack_says_about_waiting_is_no_reason_to_fall_over(
    line: Line, told: str, seconds: int | None
) -> None:
    expected = Retry("ratelimited", after=None if seconds is None else timedelta(seconds=seconds))
    await line.driver.fault("ratelimited", retry_after=told)
    assert await line.do(Post("C1", HELLO, "k1")) == expected
    assert await line.do(Respond(f"{line.sandbox.page_url}response/T1/x", HELLO)) == expected


async def test_a_web_page_instead_of_an_answer_is_no_refusal(site: str) -> None:
    async with web_client("xoxb-1", site) as (client, session):
        result = await Gateway(client, session).perform(Post("C1", HELLO, "k1"))
    assert result == Retry("http_200", doubt=True, unexpected=True)


ODD = {
    "yes and nothing else": ("application/json", '{"ok": true}'),
    "half of it": ("application/json", '{"ok": true, "channel": "C1", "ts'),
    "a list": ("application/json", '[{"ok": true}]'),
    "a number": ("application/json", "5"),
    "nothing": ("application/json", "null"),
    "other types": ("application/json", '{"ok": true, "channel": [5], "ts": [], "messages": 7, "user": []}'),
    "plain text": ("text/plain", "ok"),
    "a page": ("text/html", "<html>ok</html>"),
    "no body": ("application/json", ""),
}
PLACING = [
    CreateChannel(["inc-1"], private=False, since=NOW),
    Post("C1", HELLO, "k1"),
    UploadFile("draft.md", "# Draft\n"),
    FetchPerson("U1"),
    FetchMessage("C1", "1.1"),
    LookAtChannel("C1"),
]


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("call", PLACING, ids=lambda call: type(call).__name__)
async def test_an_answer_that_is_none_is_unexpected_and_in_doubt_where_it_may_have_done_something(
    odd: str, call: Call
) -> None:
    kind, body = ODD[odd]

    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=body, content_type=kind)

    app = web.Application()
    app.router.add_route("*", "/{any:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with web_client("xoxb-1", f"http://127.0.0.1:{runner.addresses[0][1]}/") as (client, session):
        gateway = Gateway(client, session)
        results = [await gateway.perform(call, doubt) for doubt in (False, True)]
    await runner.cleanup()
    for result in results:
        assert isinstance(result, Retry)
        assert result.unexpected
        assert result.doubt is isinstance(call, (CreateChannel, Post))


@pytest.mark.parametrize("fault", ["error500", "error503", "ratelimited", "reset_before", "reset_after"])
async def test_the_bytes_of_a_file_that_did_not_get_through_are_sent_again(line: Line, fault: str) -> None:
    await line.driver.fault(fault, method="upload_url", count=1)
    lost = await line.do(UploadFile("draft.md", "# Draft\n"))
    assert isinstance(lost, Retry)
    assert not lost.doubt  # nobody can have seen it
    assert await line.uploaded()


@pytest.mark.parametrize(("fault", "status"), [("error500", "500"), ("error503", "503")])
async def test_a_server_error_with_html_may_have_taken_effect(line: Line, fault: str, status: str) -> None:
    room = await line.room()
    await line.driver.fault(fault, method="chat.postMessage", count=1)
    assert await line.do(Post(room, HELLO, "k1")) == Retry(f"http_{status}", doubt=True)


async def test_where_no_connection_stood_nothing_can_have_happened() -> None:
    async with web_client("xoxb-1", "http://127.0.0.1:1/api/") as (client, session):
        result = await Gateway(client, session).perform(Post("C1", HELLO, "k1"))
    assert isinstance(result, Retry)
    assert not result.doubt


async def test_into_a_public_channel_the_bot_lets_itself_in(line: Line) -> None:
    posted = await line.do(Post(line.sandbox.channels["payments"], HELLO, "k1"))
    assert isinstance(posted, Delivered)


async def test_into_a_room_that_it_was_taken_out_of_the_bot_lets_itself_in_for_everything(line: Line) -> None:
    alice = line.driver.user("alice")
    room = await line.room()
    await alice.join(room)
    ts = (await line.do(Post(room, HELLO, "k1"))).receipt["ts"]
    for call in (
        Topic(room, "SEV1"),
        InvitePeople(room, [line.sandbox.users["bob"]]),
        Pin(room, ts),
        FetchMessage(room, ts),
        ShareFile(room, await line.uploaded(), "INC-1 draft", "Here it is"),
    ):
        await alice.remove(room, "warroom")
        assert isinstance(await line.do(call), Delivered), call


async def test_a_message_in_doubt_is_looked_for_also_where_the_bot_was_taken_out(line: Line) -> None:
    alice = line.driver.user("alice")
    room = await line.room()
    await alice.join(room)
    await line.driver.fault("reset_after", method="chat.postMessage", count=1)
    assert isinstance(await line.do(Post(room, HELLO, "k1")), Retry)
    await alice.remove(room, "warroom")
    assert isinstance(await line.do(Post(room, HELLO, "k1"), doubt=True), Delivered)
    shown = (await alice.see(room))["channel"]["messages"]
    assert sum(message["text"] == "hello" for message in shown) == 1


async def test_a_link_that_does_not_come_just_now_is_waited_for(line: Line) -> None:
    said = await line.driver.user("bob").say("general", "it broke")
    read = FetchMessage(line.sandbox.channels["general"], said["messages"][-1]["ts"])
    await line.driver.fault("error503", method="chat.getPermalink", count=1)
    assert isinstance(await line.do(read), Retry)
    await line.driver.fault("unknown_method", method="chat.getPermalink", count=1)
    assert (await line.do(read)).receipt["link"] == ""


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        (Post("C0NOWHERE", HELLO, "k1"), "channel_not_found"),
        (FetchPerson("U0NOBODY"), "user_not_found"),
        (Edit("C0NOWHERE", "1.1", HELLO), "channel_not_found"),
        (Remove("C0NOWHERE", "1.1", HELLO), "channel_not_found"),
    ],
)
async def test_what_never_works_is_dead_with_slacks_reason(line: Line, call: Call, reason: str) -> None:
    assert await line.do(call) == Dead(reason)


async def test_a_missing_scope_and_an_unknown_method_are_dead(line: Line) -> None:
    room = await line.room()
    await line.driver.fault("missing_scope", method="chat.postMessage", count=1)
    assert await line.do(Post(room, HELLO, "k1")) == Dead("missing_scope")
    await line.driver.fault("unknown_method", method="pins.add")
    assert [await line.do(Pin(room, "1.1")) for _ in range(2)] == [Dead("unknown_method")] * 2


async def test_a_person_is_known_by_name_and_zone(line: Line) -> None:
    carol = await line.do(FetchPerson(line.sandbox.users["carol"]))
    bot = await line.do(FetchPerson(line.sandbox.bot_user_id))
    assert carol.receipt == {
        "name": "Carol Chen",
        "zone": "America/Los_Angeles",
        "is_bot": "no",
        "is_guest": "no",
        "is_active": "yes",
    }
    assert bot.receipt["is_bot"] == "yes"


async def test_a_message_is_read_with_author_and_link(line: Line) -> None:
    said = await line.driver.user("bob").say("general", "it <broke> & burnt")
    ts = said["messages"][-1]["ts"]
    read = await line.do(FetchMessage(line.sandbox.channels["general"], ts))
    assert read.receipt["text"] == "it <broke> & burnt"
    assert read.receipt["author"] == line.sandbox.users["bob"]
    assert ts.replace(".", "") in read.receipt["link"]


async def test_a_closed_form_is_nobodys_loss(line: Line) -> None:
    view = modal("opening", "Opening", [section(md("…"))])
    assert await line.do(ReplaceView("V0GONE", view)) == Delivered()


async def test_an_answer_address_that_is_used_up_is_nobodys_loss(line: Line) -> None:
    async with aiohttp.ClientSession() as session, session.get(line.sandbox.page_url) as page:
        assert page.status == 200
    gone = Respond(f"{line.sandbox.page_url}response/T1/0/none", HELLO)
    assert await line.do(gone) == Delivered()


async def test_an_answer_address_of_nobodys_is_never_called(line: Line) -> None:
    asked: list[str] = []

    async def heard(request: web.Request) -> web.Response:
        asked.append(request.path)
        return web.Response()

    app = web.Application()
    app.router.add_post("/{path:.*}", heard)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert await line.do(Respond(f"http://127.0.0.1:{site.port}/response/T1/x", HELLO)) == Delivered()
    await runner.cleanup()
    assert asked == []
