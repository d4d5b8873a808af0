"""Every element of Block Kit is used by hand, and the app receives the right value."""

from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Sandbox
from tests.sandbox.page.actions import messages, say
from tests.sandbox.page.conftest import Visit
from tests.sandbox.page.practice_views import option
from tests.sandbox.page.samples import Json, plain

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("app")]

OPTIONS = [option("a", "Apple"), option("b", "Banana"), option("c", "Cherry")]
INPUTS: dict[str, Json] = {
    "Line": {"type": "plain_text_input"},
    "Lines": {"type": "plain_text_input", "multiline": True},
    "Mail": {"type": "email_text_input"},
    "Address": {"type": "url_text_input"},
    "Figure": {"type": "number_input", "is_decimal_allowed": True},
    "Rich": {"type": "rich_text_input"},
    "Day": {"type": "datepicker"},
    "Time": {"type": "timepicker"},
    "Moment": {"type": "datetimepicker"},
    "One": {"type": "static_select", "options": OPTIONS},
    "Many": {"type": "multi_static_select", "options": OPTIONS},
    "Person": {"type": "users_select"},
    "Room": {"type": "channels_select"},
    "Talk": {"type": "conversations_select"},
    "Rooms": {"type": "multi_channels_select"},
    "Tick": {"type": "checkboxes", "options": OPTIONS},
    "Pick": {"type": "radio_buttons", "options": OPTIONS},
}
TYPED = {
    "Line": "one line",
    "Lines": "two\nlines",
    "Mail": "a@example.com",
    "Address": "https://example.com/",
    "Figure": "4.5",
    "Rich": "rich",
    "Day": "2030-01-31",
    "Time": "09:30",
    "Moment": "2030-01-31T09:30",
}
CHOSEN = {
    "One": ["Banana"],
    "Many": ["Apple", "Cherry"],
    "Person": ["Carol Chen"],
    "Room": ["#payments"],
    "Talk": ["#random"],
    "Rooms": ["#general", "#random"],
}


async def open_form(page: Page, sandbox: Sandbox, blocks: list[Json]) -> Locator:
    """A modal with these blocks, opened with the trigger of a command."""
    await say(page, "/whisper hello")
    await expect(page.locator(".ephemeral")).to_be_visible()
    trigger = sent(sandbox, "slash_commands")["trigger_id"]
    view = {
        "type": "modal",
        "callback_id": "details",
        "title": plain("Form"),
        "submit": plain("Send"),
        "blocks": blocks,
    }
    await client_of(sandbox).views_open(trigger_id=trigger, view=view)
    form = page.get_by_role("dialog", name="Form")
    await expect(form).to_be_visible()
    return form


def client_of(sandbox: Sandbox) -> AsyncWebClient:
    return AsyncWebClient(token=sandbox.bot_token, base_url=sandbox.base_url)


def sent(sandbox: Sandbox, type_: str) -> Json:
    """The payload of the last envelope of a type that the app was sent."""
    envelopes: list[Any] = [each["request"] for each in sandbox.traffic.since() if each["kind"] == "envelope"]
    return next(dict(each["payload"]) for each in reversed(envelopes) if each["type"] == type_)


async def test_every_input_sends_the_app_what_was_entered(visit: Visit, sandbox: Sandbox) -> None:
    page = await visit("/alice/general")
    blocks = [
        {"type": "input", "block_id": label, "label": plain(label), "element": {**each, "action_id": "it"}}
        for label, each in INPUTS.items()
    ]
    form = await open_form(page, sandbox, blocks)
    for label, text in TYPED.items():
        await form.get_by_label(label, exact=True).fill(text)
    for label, names in CHOSEN.items():
        for name in names:
            await form.get_by_role("combobox", name=label, exact=True).fill(name.removeprefix("#"))
            await page.get_by_role("option", name=name).click()
    for name in ("Apple", "Banana"):
        await form.get_by_role("group", name="Tick").get_by_label(name).check()
    await form.get_by_role("radiogroup", name="Pick").get_by_label("Cherry").check()
    await form.get_by_role("button", name="Send").click()
    await expect(form).to_have_count(0)

    values = sent(sandbox, "interactive")["view"]["state"]["values"]
    given = {label: values[label]["it"] for label in INPUTS}
    for label in ("Line", "Lines", "Mail", "Address", "Figure"):
        assert given[label]["value"] == TYPED[label]
    assert "rich" in str(given["Rich"]["rich_text_value"])
    assert given["Day"]["selected_date"] == TYPED["Day"]
    assert given["Time"]["selected_time"] == TYPED["Time"]
    assert given["Moment"]["selected_date_time"] == 1_896_078_600, "half past nine in Berlin"
    assert given["One"]["selected_option"]["value"] == "b"
    assert [each["value"] for each in given["Many"]["selected_options"]] == ["a", "c"]
    assert given["Person"]["selected_user"] == sandbox.users["carol"]
    assert given["Room"]["selected_channel"] == sandbox.channels["payments"]
    assert given["Talk"]["selected_conversation"] == sandbox.channels["random"]
    assert given["Rooms"]["selected_channels"] == [sandbox.channels[name] for name in ("general", "random")]
    assert [each["value"] for each in given["Tick"]["selected_options"]] == ["a", "b"]
    assert given["Pick"]["selected_option"]["value"] == "c"


async def test_the_app_receives_each_typed_letter_if_it_asks_for_that(visit: Visit, sandbox: Sandbox) -> None:
    page = await visit("/alice/general")
    block = {
        "type": "input",
        "block_id": "search",
        "dispatch_action": True,
        "label": plain("Search"),
        "element": {
            "type": "plain_text_input",
            "action_id": "heard",
            "dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]},
        },
    }
    form = await open_form(page, sandbox, [block])
    await form.get_by_label("Search").press_sequentially("abc")
    await expect(messages(page)).to_contain_text("heard abc")
    await expect(form.get_by_label("Search")).to_have_value("abc")


async def test_feedback_and_icon_buttons_send_which_was_pressed(visit: Visit, sandbox: Sandbox) -> None:
    page = await visit("/alice/general")
    feedback = {
        "type": "feedback_buttons",
        "action_id": "heard",
        "positive_button": {"text": plain("👍"), "value": "good", "accessibility_label": "Good answer"},
        "negative_button": {"text": plain("👎"), "value": "bad", "accessibility_label": "Bad answer"},
    }
    icon = {
        "type": "icon_button",
        "icon": "trash",
        "action_id": "heard_too",
        "text": plain("Drop"),
        "value": "gone",
    }
    block = {"type": "context_actions", "elements": [feedback, icon]}
    await client_of(sandbox).chat_postMessage(channel="general", text="answer", blocks=[block])
    await page.get_by_role("button", name="Bad answer").click()
    await expect(messages(page)).to_contain_text("heard bad")
    await sandbox.clock.advance(2)  # an app may post one message a second
    await page.get_by_role("button", name="Drop").click()
    await expect(messages(page)).to_contain_text("heard gone")


async def test_an_overflow_menu_sends_the_chosen_option(visit: Visit, sandbox: Sandbox) -> None:
    page = await visit("/alice/general")
    overflow = {"type": "overflow", "action_id": "heard", "options": OPTIONS}
    block = {"type": "actions", "elements": [overflow]}
    await client_of(sandbox).chat_postMessage(channel="general", text="menu", blocks=[block])
    await page.get_by_role("button", name="More actions").click()
    await page.get_by_role("menuitem", name="Cherry").click()
    await expect(messages(page)).to_contain_text("heard c")
