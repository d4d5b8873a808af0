"""Files in modals: uploaded without being shared, chosen, checked, and handed to the app."""

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from bot.sandbox.driver import ActionFailed, Driver, Person
from bot.sandbox.people.input_checks import LARGEST_FILE, problem_with
from tests.sandbox.blocks import modal, text_input
from tests.sandbox.forms import choice, open_modal
from tests.sandbox.manifest import SCOPES
from tests.sandbox.manifest import manifest as make_manifest
from tests.sandbox.recorder import Recorder


@pytest.fixture
def alice(driver: Driver) -> Person:
    return driver.user("alice")


async def upload(person: Person, *names: str) -> list[str]:
    """The ids of newly uploaded files."""
    return [(await person.upload(None, name, "x"))["file"]["id"] for name in names]


async def test_a_file_is_uploaded_without_being_shared(
    sandbox: Sandbox, client: AsyncWebClient, driver: Driver, alice: Person
) -> None:
    file = (await alice.upload(None, "notes.md", "# Notes"))["file"]
    assert (file["name"], file["size"], file["filetype"]) == ("notes.md", 7, "markdown")
    assert file["user"] == sandbox.users["alice"]
    assert (file["is_public"], file["channels"]) == (False, [])
    assert [shown["id"] for shown in (await alice.see())["files"]] == [file["id"]]
    assert (await driver.see("bob"))["files"] == []
    with pytest.raises(SlackApiError, match="file_not_found"):
        await client.files_info(file=file["id"])


async def test_an_upload_to_a_channel_returns_the_file_too(sandbox: Sandbox, alice: Person) -> None:
    outcome = await alice.upload("general", "notes.md", "# Notes")
    assert outcome["file"]["channels"] == [sandbox.channels["general"]]
    assert outcome["messages"][0]["files"][0]["id"] == outcome["file"]["id"]


async def test_bytes_arrive_unchanged(alice: Person, http: aiohttp.ClientSession) -> None:
    every_byte = bytes(range(256))
    file = (await alice.upload(None, "picture.png", every_byte))["file"]
    assert (file["mimetype"], file["size"]) == ("image/png", 256)
    async with http.get(file["url_private"]) as answer:
        assert await answer.read() == every_byte


async def test_invalid_base64_is_refused(driver: Driver) -> None:
    outcome = await driver.act("alice", "upload", filename="x", content_base64="a*b")
    assert "content_base64 is not base64" in outcome["error"]
    assert "file" not in outcome


async def test_the_app_receives_the_chosen_files(
    app: Recorder, client: AsyncWebClient, alice: Person
) -> None:
    await open_modal(app, alice, modal(choice("file_input")))
    one, two = await upload(alice, "one.txt", "two.txt")
    await alice.submit(menu=[one, two])
    state = (await app.payload("view_submission"))["view"]["state"]["values"]["menu"]["pick"]
    assert state["type"] == "file_input"
    assert [(file["id"], file["name"]) for file in state["files"]] == [(one, "one.txt"), (two, "two.txt")]
    assert state["files"][0] == (await client.files_info(file=one))["file"]


async def test_a_chosen_file_stays_in_the_modal_and_can_be_removed(app: Recorder, alice: Person) -> None:
    await open_modal(app, alice, modal(choice("file_input"), text_input()))
    (file,) = await upload(alice, "one.txt")
    await alice.choose("pick", [file], modal=True)
    outcome = await alice.submit()
    assert list(outcome["field_errors"]) == ["name"]
    assert outcome["modals"][0]["state"]["values"]["menu"]["pick"]["files"][0]["id"] == file
    outcome = await alice.submit(menu=[], name="x")
    assert "required" in outcome["field_errors"]["menu"]


async def test_people_can_choose_only_their_own_files(app: Recorder, driver: Driver, alice: Person) -> None:
    await open_modal(app, alice, modal(choice("file_input")))
    (bobs,) = await upload(driver.user("bob"), "bobs.txt")
    for file in (bobs, "F0"):
        with pytest.raises(ActionFailed, match="file_not_found"):
            await alice.submit(menu=[file])
    assert app.kinds() == []


@pytest.mark.parametrize(
    ("limits", "names", "problem"),
    [
        ({"max_files": 2}, ["a.txt", "b.txt"], None),
        ({"max_files": 2}, ["a.txt", "b.txt", "c.txt"], "at most 2 files"),
        ({}, [f"{n}.txt" for n in range(10)], None),
        ({}, [f"{n}.txt" for n in range(11)], "at most 10 files"),
        ({"filetypes": ["png", "jpg"]}, ["a.png", "b.JPG"], None),
        ({"filetypes": ["png", "jpg"]}, ["a.png", "b.gif"], "b.gif cannot be used here"),
        ({"filetypes": ["png"]}, ["png"], "png cannot be used here"),
        ({"filetypes": ["png"]}, ["readme"], "readme cannot be used here"),
    ],
)
async def test_the_client_checks_files_before_the_app_receives_them(
    app: Recorder, alice: Person, *, limits: dict[str, Any], names: list[str], problem: str | None
) -> None:
    await open_modal(app, alice, modal(choice("file_input", **limits)))
    outcome = await alice.submit(menu=await upload(alice, *names))
    if problem is None:
        assert outcome["field_errors"] == {}
        assert await app.payload("view_submission")
    else:
        assert problem in outcome["field_errors"]["menu"]
        assert app.kinds() == []


@pytest.mark.parametrize(("size", "fits"), [(LARGEST_FILE, True), (LARGEST_FILE + 1, False)])
def test_a_file_has_a_limit_of_ten_megabytes(*, size: int, fits: bool) -> None:
    entry = {"type": "file_input", "files": [{"name": "a.txt", "size": size}]}
    assert (problem_with({"type": "file_input"}, entry, optional=False) is None) is fits


@pytest.mark.parametrize("manifest", [make_manifest(scopes=[s for s in SCOPES if s != "files:read"])])
async def test_asking_for_files_needs_the_scope_to_read_them(
    sandbox: Sandbox, client: AsyncWebClient
) -> None:
    trigger_id = sandbox.workspace.triggers.give(sandbox.users["alice"])
    with pytest.raises(SlackApiError) as refusal:
        await client.views_open(trigger_id=trigger_id, view=modal(choice("file_input")))
    assert refusal.value.response["error"] == "missing_scope"
    assert refusal.value.response["needed"] == "files:read"
    assert (await client.views_open(trigger_id=trigger_id, view=modal()))["ok"]
