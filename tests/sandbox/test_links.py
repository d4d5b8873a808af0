"""Links to the app's own domains: the event, previews as Work Objects, and the pane with the details."""

from collections.abc import Awaitable
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver, Person
from tests.sandbox.manifest import EVENTS, SCOPES
from tests.sandbox.manifest import manifest as make_manifest
from tests.sandbox.recorder import Recorder
from tests.sandbox.test_work_objects import INCIDENT

URL = "https://status.example.com/inc/12"
ENTITY = {**INCIDENT, "app_unfurl_url": URL}
RICH_TEXT = {"type": "rich_text", "elements": []}


@pytest.fixture
def manifest() -> dict[str, Any]:
    made = make_manifest(
        scopes=[*SCOPES, "links:read"], events=[*EVENTS, "link_shared", "entity_details_requested"]
    )
    made["features"]["unfurl_domains"] = ["example.com", "wiki.example.org"]
    return made


@pytest.fixture
def alice(driver: Driver) -> Person:
    return driver.user("alice")


@pytest.fixture
def general(sandbox: Sandbox) -> str:
    return sandbox.channels["general"]


async def refused(call: Awaitable[object]) -> str:
    """The code with which a call is refused."""
    with pytest.raises(SlackApiError) as caught:
        await call
    return str(caught.value.response["error"])


async def shared(alice: Person, text: str = f"see {URL}") -> str:
    return str((await alice.say("general", text))["messages"][0]["ts"])


async def test_the_app_is_told_of_links_to_its_domains_and_to_their_subdomains(
    sandbox: Sandbox, app: Recorder, alice: Person
) -> None:
    ts = await shared(alice, f"{URL} https://example.com/a https://notexample.com/b https://example.org/c")
    event = await app.event("link_shared")
    assert event["links"] == [
        {"domain": "example.com", "url": URL},
        {"domain": "example.com", "url": "https://example.com/a"},
    ]
    assert (event["message_ts"], event["user"]) == (ts, sandbox.users["alice"])
    assert (event["source"], event["is_bot_user_member"]) == ("conversations_history", True)
    await alice.reply("general", ts, "https://wiki.example.org/x")
    assert (await app.event("link_shared"))["thread_ts"] == ts
    await alice.say("random", URL)
    assert (await app.event("link_shared"))["is_bot_user_member"] is False


async def test_the_apps_own_links_and_other_links_are_not_told(
    sandbox: Sandbox, app: Recorder, client: AsyncWebClient, alice: Person
) -> None:
    await client.chat_postMessage(channel=sandbox.channels["general"], text=f"<{URL}>")
    await alice.say("general", "https://example.org/a and example.com/b")
    await alice.say("general", URL)
    assert len((await app.event("link_shared"))["links"]) == 1


async def test_a_work_object_takes_the_place_of_the_blocks(
    sandbox: Sandbox, client: AsyncWebClient, general: str, alice: Person
) -> None:
    ts = await shared(alice)
    blocks = {URL: {"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "plain"}}]}}
    await client.chat_unfurl(channel=general, ts=ts, unfurls=blocks, metadata={"entities": [ENTITY]})
    (preview,) = sandbox.see("alice", "general")["channel"]["messages"][-1]["attachments"]
    assert preview["entity"] == ENTITY
    assert "blocks" not in preview
    await client.chat_unfurl(channel=general, ts=ts, unfurls=blocks)
    (preview,) = sandbox.see("alice", "general")["channel"]["messages"][-1]["attachments"]
    assert preview["blocks"][0]["text"]["text"] == "plain"


@pytest.mark.parametrize(
    ("given", "error"),
    [
        ({"metadata": {"entities": [INCIDENT]}}, "error_processing_metadata"),
        ({"metadata": {"entities": [{**ENTITY, "url": ""}]}}, "error_processing_metadata"),
        ({"metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"unfurls": {URL: {"blocks": [RICH_TEXT]}}}, "invalid_blocks"),
        ({"unfurls": {URL: {"blocks": [{"type": "section"}]}}}, "invalid_blocks"),
        ({}, "missing_unfurls"),
    ],
)
async def test_a_preview_that_slack_would_not_show_is_refused(
    client: AsyncWebClient, general: str, alice: Person, given: dict[str, Any], error: str
) -> None:
    ts = await shared(alice)
    assert await refused(client.chat_unfurl(channel=general, ts=ts, **given)) == error


async def test_the_pane_of_a_work_object_is_filled_by_the_app(
    app: Recorder, client: AsyncWebClient, general: str, alice: Person
) -> None:
    ts = await shared(alice)
    await client.chat_unfurl(channel=general, ts=ts, metadata={"entities": [ENTITY]})
    await alice.open_entity("general", ts, "INC-12")
    event = await app.event("entity_details_requested")
    assert event["external_ref"] == {"id": "INC-12"}
    assert (event["entity_url"], event["app_unfurl_url"]) == (INCIDENT["url"], URL)
    other = {**INCIDENT, "external_ref": {"id": "INC-13"}}
    trigger = event["trigger_id"]
    assert await refused(client.entity_presentDetails(trigger_id=trigger, metadata=other)) == (
        "entity_metadata_does_not_match_trigger"
    )
    await alice.open_entity("general", ts)
    trigger = (await app.event("entity_details_requested"))["trigger_id"]
    await client.entity_presentDetails(trigger_id=trigger, metadata=INCIDENT)
    assert (await alice.see())["pane"]["entity"] == INCIDENT
    assert await refused(client.entity_presentDetails(trigger_id=trigger, metadata=INCIDENT)) == (
        "invalid_trigger_id"
    )


async def test_the_pane_may_say_why_it_is_empty(
    app: Recorder, client: AsyncWebClient, general: str, alice: Person
) -> None:
    ts = await shared(alice)
    await client.chat_unfurl(channel=general, ts=ts, metadata={"entities": [ENTITY]})
    for unknown in ({"status": "gone"}, {}):
        await alice.open_entity("general", ts)
        trigger = (await app.event("entity_details_requested"))["trigger_id"]
        assert await refused(client.entity_presentDetails(trigger_id=trigger, error=unknown)) == (
            "invalid_metadata"
        )
    await alice.open_entity("general", ts)
    trigger = (await app.event("entity_details_requested"))["trigger_id"]
    await client.entity_presentDetails(trigger_id=trigger, error={"status": "not_found"})
    assert (await alice.see())["pane"]["error"] == {"status": "not_found"}


async def test_only_a_work_object_that_is_shown_can_be_opened(alice: Person) -> None:
    ts = await shared(alice)
    with pytest.raises(ActionFailed, match="no_such_entity"):
        await alice.open_entity("general", ts)
