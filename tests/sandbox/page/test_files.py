"""Files: shared from the composer, uploaded with a form, shown in their channel."""

import pytest
from playwright.async_api import FilePayload, Locator, Page, expect

from bot.sandbox import Sandbox
from tests.sandbox.page.actions import messages, say
from tests.sandbox.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("app")]

NOTE: FilePayload = {"name": "note.txt", "mimeType": "text/plain", "buffer": "näh\n".encode()}
LOG: FilePayload = {"name": "log.txt", "mimeType": "text/plain", "buffer": b""}
DOT: FilePayload = {
    "name": "dot.png",
    "mimeType": "image/png",
    "buffer": bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
        "0000000d49444154789c636060f8cf00000303010018dd8db00000000049454e44ae426082"
    ),
}


async def evidence(page: Page) -> Locator:
    """The form that asks for files."""
    await say(page, "/evidence")
    form = page.get_by_role("dialog", name="Evidence")
    await expect(form).to_be_visible()
    return form


async def test_chosen_files_reach_the_app_as_file_objects_of_slack(visit: Visit, sandbox: Sandbox) -> None:
    page = await visit("/alice/general")
    form = await evidence(page)
    await form.get_by_label("Files").set_input_files([NOTE, DOT])
    await expect(form.get_by_role("listitem")).to_contain_text(["note.txt", "dot.png"])
    assert sandbox.see(sandbox.users["bob"])["files"] == []  # uploaded, but not shared with anybody
    await form.get_by_role("button", name="Hand in").click()
    await expect(form).to_have_count(0)
    await expect(messages(page)).to_contain_text("note.txt text/plain 5")
    await expect(messages(page)).to_contain_text(f"dot.png image/png {len(DOT['buffer'])}")


async def test_a_chosen_file_can_be_removed_and_a_required_file_is_asked_for(visit: Visit) -> None:
    page = await visit("/alice/general")
    form = await evidence(page)
    field = form.get_by_label("Files")
    await field.set_input_files(NOTE)
    await form.get_by_role("button", name="Remove note.txt").click()
    await expect(form.get_by_role("listitem")).to_have_count(0)
    await form.get_by_role("button", name="Hand in").click()
    await expect(field).to_have_accessible_description("Please complete this required field.")
    await expect(field).to_be_focused()
    await field.set_input_files(LOG)
    await form.get_by_role("button", name="Hand in").click()
    await expect(messages(page)).to_contain_text("log.txt text/plain 0")


async def test_files_beyond_the_limit_are_left_out_with_a_message(visit: Visit) -> None:
    page = await visit("/alice/general")
    form = await evidence(page)
    await form.get_by_label("Files").set_input_files([NOTE, DOT, LOG])
    await expect(form.get_by_role("alert").filter(has_text="No more than 2 files")).to_contain_text("log.txt")
    await expect(form.get_by_role("listitem")).to_have_count(2)


async def test_files_can_be_chosen_with_the_keyboard(visit: Visit) -> None:
    page = await visit("/alice/general")
    async with page.expect_file_chooser() as chooser:
        form = await evidence(page)
        await expect(form.get_by_label("Files")).to_be_focused()
        await page.keyboard.press("Space")
    await (await chooser.value).set_files(NOTE)
    await expect(form.get_by_role("listitem")).to_contain_text(["note.txt"])


async def test_a_picture_is_shared_from_the_composer_and_listed_in_its_channel(visit: Visit) -> None:
    alice, bob = await visit("/alice/general"), await visit("/bob/general")
    await alice.get_by_role("button", name="Shortcuts and files").click()
    async with alice.expect_file_chooser() as chooser:
        await alice.get_by_role("menuitem", name="Upload a file").click()
    await (await chooser.value).set_files([DOT, NOTE])
    picture = messages(bob).get_by_role("img", name="dot.png")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("(image) => image.naturalWidth") == 1, "its bytes arrived unharmed"
    await bob.get_by_role("link", name="Files 2").click()
    await expect(bob.get_by_role("link", name="Download dot.png")).to_be_visible()
    await bob.get_by_text("Preview").click()
    await expect(bob.locator(".document pre")).to_have_text("näh\n")
