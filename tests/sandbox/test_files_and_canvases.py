"""files.*, canvases.*, bookmarks.*, pins.* and reactions.*: what belongs to a channel."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver
from tests.sandbox.recorder import Recorder


@pytest.fixture
def general(sandbox: Sandbox) -> str:
    return sandbox.channels["general"]


async def test_the_clients_own_upload_shares_a_file(
    app: Recorder, client: AsyncWebClient, general: str, driver: Driver, http: aiohttp.ClientSession
) -> None:
    uploaded = await client.files_upload_v2(
        channel=general,
        content="# Timeline",
        filename="timeline.md",
        title="Timeline",
        initial_comment="Here",
    )
    assert (await app.event("file_shared"))["file_id"] == uploaded["file"]["id"]
    message = (await driver.see("bob", "general"))["channel"]["messages"][-1]
    assert (message["text"], message["files"][0]["title"]) == ("Here", "Timeline")
    async with http.get(message["files"][0]["url_private_download"]) as answer:
        assert await answer.text() == "# Timeline"
        assert answer.headers["Content-Disposition"] == "attachment"


async def test_a_file_is_shared_only_if_a_channel_is_given(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    uploaded = await client.files_upload_v2(content="x", filename="a.txt")
    assert (await driver.see("alice"))["files"] == []
    assert (await client.files_info(file=uploaded["file"]["id"]))["file"]["channels"] == []
    listed = (await client.files_list(user=sandbox.bot_user_id))["files"]
    assert [file["id"] for file in listed] == [uploaded["file"]["id"]]


async def test_a_deleted_file_is_not_found(
    client: AsyncWebClient, general: str, driver: Driver, http: aiohttp.ClientSession
) -> None:
    uploaded = await client.files_upload_v2(channel=general, content="x", filename="a.txt")
    url = (await driver.see("alice"))["files"][0]["url_private"]
    await client.files_delete(file=uploaded["file"]["id"])
    assert (await driver.see("alice"))["files"] == []
    async with http.get(url) as answer:
        assert answer.status == 404


async def test_an_upload_must_have_the_announced_length(
    client: AsyncWebClient, http: aiohttp.ClientSession
) -> None:
    promised = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    async with http.post(promised["upload_url"], data=b"four") as answer:
        assert answer.status == 400
    async with http.post(promised["upload_url"], data=b"one") as answer:
        assert await answer.text() == "OK - 3"


async def test_an_upload_can_be_sent_as_a_form(client: AsyncWebClient, http: aiohttp.ClientSession) -> None:
    promised = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    form = aiohttp.FormData()
    form.add_field("file", b"one", filename="a.txt")
    async with http.post(promised["upload_url"], data=form) as answer:
        assert answer.status == 200
    async with http.post(promised["upload_url"] + "0", data=b"one") as answer:
        assert answer.status == 404


async def test_a_channel_has_one_canvas_and_people_see_it(
    client: AsyncWebClient, general: str, driver: Driver
) -> None:
    document = {"type": "markdown", "markdown": "# Postmortem\n\nIt broke."}
    made = await client.conversations_canvases_create(channel_id=general, document_content=document)
    shown = (await driver.see("bob", "general"))["channel"]["canvas"]
    assert shown["id"] == made["canvas_id"]
    assert shown["markdown"] == "# Postmortem\n\nIt broke."
    with pytest.raises(SlackApiError, match="channel_canvas_already_exists"):
        await client.conversations_canvases_create(channel_id=general, document_content=document)


async def markdown_after(client: AsyncWebClient, sandbox: Sandbox, operation: str, target: str | None) -> str:
    document = {"type": "markdown", "markdown": "# One\n\ntwo\n\n## Three"}
    canvas = (await client.canvases_create(title="T", document_content=document))["canvas_id"]
    change: dict[str, object] = {"operation": operation}
    if operation != "delete":
        change["document_content"] = {"type": "markdown", "markdown": "new"}
    if target:
        found = await client.canvases_sections_lookup(canvas_id=canvas, criteria={"contains_text": target})
        change["section_id"] = found["sections"][0]["id"]
    await client.canvases_edit(canvas_id=canvas, changes=[change])
    return sandbox.workspace.canvases[canvas].markdown.replace("\n\n", " | ")


@pytest.mark.parametrize(
    ("operation", "target", "outcome"),
    [
        ("insert_at_start", None, "new | # One | two | ## Three"),
        ("insert_at_end", None, "# One | two | ## Three | new"),
        ("insert_before", "two", "# One | new | two | ## Three"),
        ("insert_after", "two", "# One | two | new | ## Three"),
        ("replace", "two", "# One | new | ## Three"),
        ("replace", None, "new"),
        ("delete", "two", "# One | ## Three"),
    ],
)
async def test_a_canvas_is_edited_section_by_section(
    client: AsyncWebClient, sandbox: Sandbox, operation: str, target: str | None, outcome: str
) -> None:
    assert await markdown_after(client, sandbox, operation, target) == outcome


async def test_a_canvas_can_be_renamed_found_in_shared_and_deleted(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver
) -> None:
    document = {"type": "markdown", "markdown": "# One\n\n## Two"}
    canvas = (await client.canvases_create(title="T", document_content=document))["canvas_id"]
    rename = {"operation": "rename", "title_content": {"type": "markdown", "markdown": "New"}}
    await client.canvases_edit(canvas_id=canvas, changes=[rename])
    headings = await client.canvases_sections_lookup(canvas_id=canvas, criteria={"section_types": ["h2"]})
    assert len(headings["sections"]) == 1
    assert (await driver.see("alice"))["canvases"] == []
    await client.canvases_access_set(canvas_id=canvas, access_level="read", user_ids=[sandbox.users["alice"]])
    assert [c["title"] for c in (await driver.see("alice"))["canvases"]] == ["New"]
    await client.canvases_delete(canvas_id=canvas)
    assert (await driver.see("alice"))["canvases"] == []


async def test_a_canvas_accepts_one_change_per_call(client: AsyncWebClient) -> None:
    canvas = (await client.canvases_create(title="T"))["canvas_id"]
    change = {"operation": "insert_at_end", "document_content": {"type": "markdown", "markdown": "x"}}
    with pytest.raises(SlackApiError, match="invalid_arguments"):
        await client.canvases_edit(canvas_id=canvas, changes=[change, change])


async def test_bookmarks_are_added_changed_and_removed(
    client: AsyncWebClient, general: str, driver: Driver
) -> None:
    made = await client.bookmarks_add(
        channel_id=general, title="Status", type="link", link="https://status.example.com", emoji=":fire:"
    )
    bookmark_id = made["bookmark"]["id"]
    await client.bookmarks_edit(channel_id=general, bookmark_id=bookmark_id, title="State")
    shown = (await driver.see("bob", "general"))["channel"]["bookmarks"]
    assert shown == [
        {"id": bookmark_id, "title": "State", "link": "https://status.example.com", "emoji": ":fire:"}
    ]
    await client.bookmarks_remove(channel_id=general, bookmark_id=bookmark_id)
    assert (await client.bookmarks_list(channel_id=general))["bookmarks"] == []


async def test_pins_are_shown_and_listed(client: AsyncWebClient, general: str, driver: Driver) -> None:
    ts = (await client.chat_postMessage(channel=general, text="card"))["ts"]
    await client.pins_add(channel=general, timestamp=ts)
    shown = (await driver.see("bob", "general"))["channel"]
    assert [message["text"] for message in shown["pins"]] == ["card"]
    assert shown["messages"][0]["pinned"] is True
    assert (await client.pins_list(channel=general))["items"][0]["message"]["ts"] == ts
    await client.pins_remove(channel=general, timestamp=ts)
    assert (await driver.see("bob", "general"))["channel"]["pins"] == []


async def test_reactions_are_counted(
    sandbox: Sandbox, client: AsyncWebClient, general: str, driver: Driver
) -> None:
    ts = (await client.chat_postMessage(channel=general, text="x"))["ts"]
    await client.reactions_add(channel=general, timestamp=ts, name="eyes")
    await driver.user("alice").react("general", ts, "eyes")
    (reaction,) = (await client.reactions_get(channel=general, timestamp=ts))["message"]["reactions"]
    assert reaction == {
        "name": "eyes",
        "users": [sandbox.bot_user_id, sandbox.users["alice"]],
        "count": 2,
    }
    listed = (await client.reactions_list(user=sandbox.users["alice"]))["items"]
    assert [item["message"]["ts"] for item in listed] == [ts]
    await client.reactions_remove(channel=general, timestamp=ts, name="eyes")
    await driver.user("alice").unreact("general", ts, "eyes")
    assert "reactions" not in (await driver.see("bob", "general"))["channel"]["messages"][0]


async def test_a_canvas_is_returned_in_other_marks_than_it_was_written_in(client: AsyncWebClient) -> None:
    written = "## One\n\n- a\n+ b\n\nfirst  \nsecond \\# _em_ a\\_b https://x.example/y.\n\n```\n- code\n```"
    document = {"type": "markdown", "markdown": written}
    canvas = (await client.canvases_create(title="T", document_content=document))["canvas_id"]
    answer = await client.api_call("canvases.getContent", json={"canvas_id": canvas})
    assert answer["content"] == (
        "## One\n\n* a\n* b\n\nfirst\\\nsecond # *em* a\\_b [https://x.example/y](https://x.example/y).\n\n"
        "```\n- code\n```\n"
    )


async def test_people_edit_and_delete_a_canvas_as_far_as_they_may(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver, general: str
) -> None:
    document = {"type": "markdown", "markdown": "# One"}
    canvas = (await client.canvases_create(title="T", document_content=document))["canvas_id"]
    alice = driver.user("alice")
    with pytest.raises(ActionFailed, match="canvas_not_found"):
        await alice.edit_canvas(canvas, "mine")
    await client.canvases_access_set(canvas_id=canvas, access_level="read", channel_ids=[general])
    with pytest.raises(ActionFailed, match="restricted_action"):
        await alice.edit_canvas(canvas, "mine")
    await client.canvases_access_set(canvas_id=canvas, access_level="write", channel_ids=[general])
    assert (await alice.edit_canvas(canvas, "# Mine\r\n\ntext"))["ok"]
    with pytest.raises(ActionFailed, match="canvas_too_large"):
        await alice.edit_canvas(canvas, "x" * 100_001)
    answer = await client.api_call("canvases.getContent", json={"canvas_id": canvas})
    assert answer["content"] == "# Mine\n\ntext\n"
    assert (await alice.delete_canvas(canvas))["ok"]
    assert sandbox.workspace.canvases[canvas].deleted
    own = (await client.conversations_canvases_create(channel_id=general, document_content=document))[
        "canvas_id"
    ]
    assert (await alice.delete_canvas(own))["ok"]
    assert (await driver.see("alice", "general"))["channel"]["canvas"] is None
