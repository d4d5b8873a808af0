"""chat.*: messages posted, changed, deleted, ephemeral, scheduled."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import Driver
from tests.sandbox.blocks import section
from tests.sandbox.manifest import SCOPES
from tests.sandbox.manifest import manifest as make_manifest


@pytest.fixture
def general(sandbox: Sandbox) -> str:
    return sandbox.channels["general"]


async def test_a_posted_message_is_the_apps_and_everybody_sees_it(
    sandbox: Sandbox, client: AsyncWebClient, general: str, driver: Driver
) -> None:
    posted = await client.chat_postMessage(channel=general, text="hello")
    shown = (await driver.see("bob", "general"))["channel"]["messages"][-1]
    assert shown["ts"] == posted["ts"]
    assert shown["text"] == "hello"
    assert shown["bot_id"] == sandbox.workspace.app.bot_id
    assert shown["user"] == sandbox.bot_user_id


async def test_time_stamps_increase_even_while_the_clock_is_stopped(
    sandbox: Sandbox, client: AsyncWebClient, general: str
) -> None:
    sandbox.clock.stop()
    stamps = [(await client.chat_postMessage(channel=general, text=str(n)))["ts"] for n in range(4)]
    assert stamps == sorted(set(stamps))


async def test_a_channel_may_be_named_and_a_user_means_a_direct_message(
    sandbox: Sandbox, client: AsyncWebClient, general: str
) -> None:
    assert (await client.chat_postMessage(channel="#general", text="x"))["channel"] == general
    direct = await client.chat_postMessage(channel=sandbox.users["alice"], text="psst")
    assert direct["channel"].startswith("D")


async def test_a_text_of_forty_thousand_characters_is_kept_and_more_is_cut(
    client: AsyncWebClient, general: str
) -> None:
    whole = await client.chat_postMessage(channel=general, text="x" * 40_000)
    cut = await client.chat_postMessage(channel=general, text="x" * 40_001)
    assert len(whole["message"]["text"]) == len(cut["message"]["text"]) == 40_000


async def test_updating_the_text_alone_keeps_the_blocks(client: AsyncWebClient, general: str) -> None:
    posted = await client.chat_postMessage(channel=general, text="a", blocks=[section("kept")])
    updated = await client.chat_update(channel=general, ts=posted["ts"], text="b")
    assert updated["message"]["text"] == "b"
    assert updated["message"]["blocks"][0]["text"]["text"] == "kept"
    assert updated["message"]["edited"]["user"]


async def test_an_update_has_a_limit_of_four_thousand_characters(
    client: AsyncWebClient, general: str
) -> None:
    posted = await client.chat_postMessage(channel=general, text="a")
    await client.chat_update(channel=general, ts=posted["ts"], text="x" * 4000)
    with pytest.raises(SlackApiError, match="msg_too_long"):
        await client.chat_update(channel=general, ts=posted["ts"], text="x" * 4001)


async def test_a_deleted_message_is_removed_with_its_pin(client: AsyncWebClient, general: str) -> None:
    posted = await client.chat_postMessage(channel=general, text="a")
    await client.pins_add(channel=general, timestamp=posted["ts"])
    await client.chat_delete(channel=general, ts=posted["ts"])
    left = (await client.conversations_history(channel=general))["messages"]
    assert [message["subtype"] for message in left] == ["pinned_item"]
    assert (await client.pins_list(channel=general))["items"] == []


async def test_an_ephemeral_message_is_shown_only_to_its_addressee_and_is_not_in_the_history(
    sandbox: Sandbox, client: AsyncWebClient, general: str, driver: Driver
) -> None:
    await client.chat_postEphemeral(channel=general, user=sandbox.users["alice"], text="for you")
    assert (await driver.see("alice", "general"))["channel"]["messages"][-1]["ephemeral"] is True
    assert (await driver.see("bob", "general"))["channel"]["messages"] == []
    assert (await client.conversations_history(channel=general))["messages"] == []


async def test_replies_are_only_in_the_thread_unless_they_are_broadcast(
    client: AsyncWebClient, general: str
) -> None:
    parent = (await client.chat_postMessage(channel=general, text="parent"))["ts"]
    await client.chat_postMessage(channel=general, text="quiet", thread_ts=parent)
    await client.chat_postMessage(channel=general, text="loud", thread_ts=parent, reply_broadcast=True)
    history = (await client.conversations_history(channel=general))["messages"]
    assert [message["text"] for message in history] == ["loud", "parent"]
    assert history[1]["reply_count"] == 2
    thread = (await client.conversations_replies(channel=general, ts=parent))["messages"]
    assert [message["text"] for message in thread] == ["parent", "quiet", "loud"]
    assert all(message["thread_ts"] == parent for message in thread)


async def test_deleting_a_parent_leaves_a_tombstone_and_a_reply_lowers_the_count(
    client: AsyncWebClient, general: str
) -> None:
    parent = (await client.chat_postMessage(channel=general, text="parent"))["ts"]
    first = (await client.chat_postMessage(channel=general, text="1", thread_ts=parent))["ts"]
    await client.chat_postMessage(channel=general, text="2", thread_ts=parent)
    await client.chat_delete(channel=general, ts=first)
    assert (await client.conversations_replies(channel=general, ts=parent))["messages"][0]["reply_count"] == 1
    await client.chat_delete(channel=general, ts=parent)
    thread = (await client.conversations_replies(channel=general, ts=parent))["messages"]
    assert [message.get("subtype") for message in thread] == ["tombstone", None]


async def test_metadata_is_returned_only_when_asked_for(client: AsyncWebClient, general: str) -> None:
    metadata = {"event_type": "effect", "event_payload": {"key": "abc"}}
    await client.chat_postMessage(channel=general, text="x", metadata=metadata)
    asked = await client.conversations_history(channel=general, include_all_metadata=True)
    assert asked["messages"][0]["metadata"] == metadata
    assert "metadata" not in (await client.conversations_history(channel=general))["messages"][0]


async def test_markdown_text_becomes_a_markdown_block(client: AsyncWebClient, general: str) -> None:
    posted = await client.chat_postMessage(channel=general, markdown_text="**bold**")
    assert posted["message"]["blocks"][0] == {
        "type": "markdown",
        "text": "**bold**",
        "block_id": posted["message"]["blocks"][0]["block_id"],
    }


async def test_a_permalink_names_the_message_and_its_thread(client: AsyncWebClient, general: str) -> None:
    parent = (await client.chat_postMessage(channel=general, text="x"))["ts"]
    reply = (await client.chat_postMessage(channel=general, text="y", thread_ts=parent))["ts"]
    link = (await client.chat_getPermalink(channel=general, message_ts=parent))["permalink"]
    assert link.endswith(f"/archives/{general}/p{parent.replace('.', '')}")
    inner = (await client.chat_getPermalink(channel=general, message_ts=reply))["permalink"]
    assert inner.endswith(f"?thread_ts={parent}&cid={general}")


async def test_a_scheduled_message_is_posted_at_its_time_and_not_earlier(
    sandbox: Sandbox, client: AsyncWebClient, general: str
) -> None:
    sandbox.clock.stop()
    post_at = int(sandbox.clock.timestamp()) + 600
    scheduled = await client.chat_scheduleMessage(channel=general, text="later", post_at=post_at)
    waiting = (await client.chat_scheduledMessages_list())["scheduled_messages"]
    assert [entry["id"] for entry in waiting] == [scheduled["scheduled_message_id"]]
    await sandbox.clock.advance(598)
    assert (await client.conversations_history(channel=general))["messages"] == []
    await sandbox.clock.advance(2)
    assert (await client.conversations_history(channel=general))["messages"][0]["text"] == "later"
    assert (await client.chat_scheduledMessages_list())["scheduled_messages"] == []


async def test_a_scheduled_message_of_a_removed_app_is_not_posted(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    incidents = sandbox.channels["incidents"]
    post_at = int(sandbox.clock.timestamp()) + 600
    await client.chat_scheduleMessage(channel=incidents, text="later", post_at=post_at)
    await driver.user("alice").remove("incidents", "helper")
    await sandbox.clock.advance(700)
    texts = [message["text"] for message in (await driver.see("alice", "incidents"))["channel"]["messages"]]
    assert "later" not in texts


async def test_a_scheduled_message_can_be_deleted(
    sandbox: Sandbox, client: AsyncWebClient, general: str
) -> None:
    post_at = int(sandbox.clock.timestamp()) + 600
    scheduled = await client.chat_scheduleMessage(channel=general, text="later", post_at=post_at)
    await client.chat_deleteScheduledMessage(
        channel=general, scheduled_message_id=scheduled["scheduled_message_id"]
    )
    await sandbox.clock.advance(700)
    assert (await client.conversations_history(channel=general))["messages"] == []


@pytest.mark.parametrize(
    ("manifest", "name"),
    [(make_manifest(), None), (make_manifest(scopes=[*SCOPES, "chat:write.customize"]), "Siren")],
)
async def test_posting_under_another_name_needs_its_scope(
    client: AsyncWebClient, general: str, name: str | None
) -> None:
    posted = await client.chat_postMessage(channel=general, text="x", username="Siren", icon_emoji=":fire:")
    assert posted["message"].get("username") == name


@pytest.mark.parametrize("manifest", [make_manifest(scopes=[*SCOPES, "chat:write.public"])])
async def test_posting_into_a_public_channel_from_outside_needs_its_scope(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    assert (await client.chat_postMessage(channel=sandbox.channels["random"], text="hello"))["ok"]


async def test_a_link_of_a_persons_message_can_be_unfurled(
    sandbox: Sandbox, client: AsyncWebClient, general: str, driver: Driver
) -> None:
    said = (await driver.user("alice").say("general", "see https://example.com/a"))["messages"][0]
    assert said["text"] == "see <https://example.com/a>"
    await client.chat_unfurl(channel=general, ts=said["ts"], unfurls={"https://example.com/a": {"text": "A"}})
    shown = sandbox.see("alice", "general")["channel"]["messages"][-1]
    assert shown["attachments"][0]["text"] == "A"
