"""Channels are created, joined and filled with people."""

from datetime import timedelta

from bot.ports.port import Dead, Delivered, Retry
from bot.ports.slack.calls import (
    ArchiveChannel,
    CreateChannel,
    FetchMembers,
    FetchMessage,
    InvitePeople,
    LookAtChannel,
    Pin,
    Post,
    RenameChannel,
    ShareFile,
    Topic,
)
from tests.slack.gateway.conftest import HELLO, NOW, Line


async def test_people_who_cannot_be_invited_are_reported_and_the_others_are_invited(line: Line) -> None:
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


async def test_if_slack_does_not_say_whom_it_refuses_each_person_is_invited_alone(line: Line) -> None:
    room, users = await line.room(), line.sandbox.users
    people = [users["alice"], users["carol"]]
    await line.driver.fault("refuse", method="conversations.invite", error="ura_max_channels", count=2)
    assert await line.do(InvitePeople(room, people)) == Dead(
        "ura_max_channels", {users["alice"]: "ura_max_channels"}
    )
    await line.driver.fault("refuse", method="conversations.invite", error="missing_scope", count=1)
    assert await line.do(InvitePeople(room, people)) == Dead("missing_scope")


async def test_all_members_of_a_room_are_read_or_left_for_the_next_reading(line: Line) -> None:
    room, users = await line.room(), line.sandbox.users
    await line.do(InvitePeople(room, [users["alice"], users["bob"]]))
    read = await line.do(FetchMembers(room))
    assert set(read.receipt["members"].split()) == {line.sandbox.bot_user_id, users["alice"], users["bob"]}
    assert await line.do(FetchMembers("C0NOWHERE")) == Delivered()
    await line.driver.fault("refuse", method="conversations.members", error="fetch_members_failed", count=1)
    assert await line.do(FetchMembers(room)) == Delivered()
    await line.driver.fault("ratelimited", method="conversations.members", count=1, retry_after=3)
    assert isinstance(await line.do(FetchMembers(room)), Retry)


async def test_if_a_name_is_taken_the_next_one_is_used(line: Line) -> None:
    first = await line.do(CreateChannel(["inc-7", "inc-7-2"], private=False, since=NOW))
    second = await line.do(CreateChannel(["inc-7", "inc-7-2"], private=False, since=NOW))
    assert first.receipt["channel"] != second.receipt["channel"]
    assert await line.do(CreateChannel(["inc-7", "inc-7-2"], private=False, since=NOW)) == Dead("name_taken")


async def test_whether_a_channel_can_be_posted_in_is_found_out(line: Line) -> None:
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


async def test_the_bot_joins_a_public_channel_to_post_in_it(line: Line) -> None:
    posted = await line.do(Post(line.sandbox.channels["payments"], HELLO, "k1"))
    assert isinstance(posted, Delivered)


async def test_the_bot_joins_a_room_again_for_any_call_after_it_was_removed(line: Line) -> None:
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


async def test_a_channel_gets_the_first_new_name_that_is_free(line: Line) -> None:
    room = await line.room()
    old = line.sandbox.workspace.channels[room].name
    await line.do(CreateChannel(["inc-7-payments"], private=False, since=NOW))
    names = ["inc-7-payments", "inc-7-payments-2"]
    for _ in range(2):
        assert await line.do(RenameChannel(room, names, {old})) == Delivered()
        assert line.sandbox.workspace.channels[room].name == "inc-7-payments-2"
    assert await line.do(RenameChannel(room, ["inc-7-payments"], set(names))) == Dead("name_taken")


async def test_a_channel_that_people_have_renamed_keeps_their_name(line: Line) -> None:
    room = await line.room()
    line.sandbox.workspace.channels[room].name = "war-of-the-payments"
    assert await line.do(RenameChannel(room, ["inc-7-payments"], {"inc-7"})) == Delivered()
    assert line.sandbox.workspace.channels[room].name == "war-of-the-payments"


async def test_a_channel_that_another_person_has_created_cannot_be_renamed(line: Line) -> None:
    room = await line.room()
    channel = line.sandbox.workspace.channels[room]
    channel.creator = line.sandbox.users["alice"]
    assert await line.do(RenameChannel(room, ["inc-7-payments"], {channel.name})) == Dead("not_authorized")


async def test_a_channel_is_archived_once_it_is_quiet(line: Line) -> None:
    room = await line.room()
    alice = line.driver.user("alice")
    since = line.sandbox.clock.now() - timedelta(days=1)
    await line.do(Post(room, HELLO, "k"))  # what apps and Slack itself say is no talk
    await alice.join(room)
    await alice.say(room, "One more thing")
    assert await line.do(ArchiveChannel(room, unless_said_since=since)) == Delivered({"talk": "yes"})
    done = Delivered({"archived": "yes"})
    later = line.sandbox.clock.now() + timedelta(minutes=5)
    for _ in range(2):
        assert await line.do(ArchiveChannel(room, unless_said_since=later)) == done
        assert line.sandbox.workspace.channels[room].archived
    await line.driver.fault("refuse", method="conversations.archive", error="restricted_action", count=1)
    assert await line.do(ArchiveChannel(room)) == Dead("restricted_action")
