"""Modals in a real browser: opening, errors at their fields, closing."""

import pytest
from playwright.async_api import expect

from bot.sandbox import Sandbox
from tests.sandbox.page.actions import composer, declare, say
from tests.sandbox.page.conftest import Visit

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("app")]


async def test_a_new_user_is_told_what_to_try_and_can_try_it(visit: Visit) -> None:
    page = await visit("/alice/general")
    await page.get_by_role("button", name="/incident declare checkout is failing").click()
    await expect(composer(page)).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog", name="Declare an incident")).to_be_visible()
    await expect(page.get_by_label("What is wrong?")).to_have_value("checkout is failing")


async def test_a_field_error_is_shown_at_its_field_and_typed_text_stays(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "/incident declare pay")
    dialog = page.get_by_role("dialog")
    await dialog.get_by_label("Severity").click()
    await page.get_by_role("option", name="SEV1 everything").click()
    await dialog.get_by_role("button", name="Declare").click()

    field = dialog.get_by_label("What is wrong?")
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_have_accessible_description(
        "What customers notice Say a little more, in eight letters or so."
    )
    await expect(field).to_be_focused()
    await expect(dialog.get_by_label("Severity")).to_have_value("SEV1 everything")

    await field.fill("payments are failing")
    await dialog.get_by_role("button", name="Declare").click()
    await expect(dialog).to_have_count(0)
    await expect(page.get_by_role("heading", name="payments are failing")).to_be_visible()
    await expect(page.locator(".fields")).to_contain_text("SEV1")


async def test_an_empty_required_field_is_refused_before_the_app_receives_it(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "/incident")
    await page.get_by_role("dialog").get_by_role("button", name="Declare").click()
    await expect(
        page.get_by_role("alert").filter(has_text="Please complete this required field.")
    ).to_be_visible()


async def test_escape_closes_the_modal_and_the_composer_has_the_focus_again(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "/incident")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await expect(composer(page)).to_be_focused()


async def test_a_confirm_dialog_asks_first(visit: Visit) -> None:
    page = await visit("/alice/general")
    await declare(page, "checkout is failing")
    await page.get_by_role("button", name="Resolve").click()
    question = page.get_by_role("alertdialog", name="Resolve?")
    await question.get_by_role("button", name="Not yet").click()
    await expect(question).to_have_count(0)
    await page.get_by_role("button", name="Resolve").click()
    await question.get_by_role("button", name="Resolve").click()
    await page.get_by_role("link", name="1 reply").click()
    await expect(page.get_by_role("list", name="Replies")).to_contain_text("Resolved.")


async def test_an_external_select_asks_the_app(visit: Visit, sandbox: Sandbox) -> None:
    page = await visit("/alice/general")
    await say(page, "/incident declare checkout is failing")
    await page.get_by_label("Service").press_sequentially("chec")
    await page.get_by_role("option", name="Checkout service").click()
    await expect(page.get_by_label("Service")).to_have_value("Checkout service")
    await expect(page.get_by_role("option")).to_have_count(0)

    def kept() -> str:
        values = sandbox.see(sandbox.users["alice"])["modals"][0]["state"]["values"]
        return str((values["service"]["service"]["selected_option"] or {}).get("value"))

    await expect(page.locator("[data-select][aria-busy]")).to_have_count(0)
    assert kept() == "checkout"


async def test_a_pushed_view_is_on_top_and_the_text_typed_below_it_stays(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "/incident")
    first = page.get_by_role("dialog", name="Declare an incident")
    await first.get_by_label("What is wrong?").fill("typed before")
    await first.get_by_role("button", name="More details").click()
    second = page.get_by_role("dialog", name="Details")
    await expect(second).to_be_visible()
    await second.get_by_role("button", name="Keep").click()
    await expect(second).to_have_count(0)
    await expect(first.get_by_label("What is wrong?")).to_have_value("typed before")


async def test_a_choice_may_change_the_form_and_typed_text_stays(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "/incident")
    await page.get_by_role("button", name="More details").click()
    form = page.get_by_role("dialog", name="Details")
    await form.get_by_label("Note").fill("typed before")
    await form.get_by_label("Kind").click()
    await page.get_by_role("option", name="Leak").click()
    await expect(form.get_by_label("Whose data?")).to_be_visible()
    await expect(form.get_by_label("Since when?")).to_have_count(0)
    await expect(form.get_by_label("Note")).to_have_value("typed before")
    await expect(form.get_by_label("Kind")).to_have_value("Leak")


async def test_a_link_to_a_channel_opens_it_and_closes_the_modal(visit: Visit) -> None:
    page = await visit("/alice/incidents")
    await say(page, "/incident")
    await page.get_by_role("link", name="random").evaluate("(link) => link.click()")
    await expect(page.get_by_role("heading", name="random", level=1)).to_be_visible()
    await page.get_by_role("dialog").get_by_role("link", name="#incidents").first.click()
    await expect(page.get_by_role("heading", name="incidents", level=1)).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)


async def test_an_invalid_select_shows_its_error_even_after_use(visit: Visit) -> None:
    page = await visit("/alice/general")
    await say(page, "/incident declare checkout is failing")
    field = page.get_by_role("combobox", name="Severity")
    await field.click()
    await page.get_by_role("option", name="SEV2 much").click()
    await field.fill("")
    await field.press("Escape")
    await page.get_by_label("What is wrong?").focus()
    await page.get_by_role("dialog").get_by_role("button", name="Declare").click()
    await expect(field).to_have_attribute("aria-invalid", "true")
    await expect(field).to_have_accessible_description("Please complete this required field.")
    await expect(field).to_be_focused()
