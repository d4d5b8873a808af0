"""Small screens, light and dark, and what the browser may do."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import expect

from bot.sandbox import Sandbox
from tests.sandbox.page.actions import composer, messages, say
from tests.sandbox.page.conftest import Visit
from tests.sandbox.page.test_injection import ATTACKS

pytestmark = [pytest.mark.browser, pytest.mark.usefixtures("app")]


async def test_on_a_phone_nothing_is_wider_than_the_screen(visit: Visit) -> None:
    page = await visit("/alice/general", phone=True)
    await say(page, "/incident declare " + "checkout" * 12)
    await page.get_by_role("dialog").get_by_role("button", name="Declare").tap()
    await expect(page.get_by_role("button", name="Take command")).to_be_visible()
    assert await page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    channels = page.get_by_role("navigation", name="Channels")
    await expect(channels).to_be_hidden()
    await page.get_by_role("button", name="Channels").tap()
    await channels.get_by_role("link", name="incidents").tap()
    await expect(page.get_by_role("heading", name="incidents", level=1)).to_be_visible()
    await expect(channels).to_be_hidden()


async def test_the_theme_is_chosen_and_remembered(visit: Visit) -> None:
    page = await visit("/alice/general")
    ground = page.locator("body")
    await expect(ground).to_have_css("background-color", "rgb(255, 255, 255)")
    await page.get_by_role("button", name="Light or dark").click()
    await expect(ground).to_have_css("background-color", "rgb(23, 27, 33)")
    await page.reload()
    await expect(ground).to_have_css("background-color", "rgb(23, 27, 33)")


@pytest.mark.parametrize("policy", ["policy", "no policy"])
async def test_typed_text_is_never_markup(visit: Visit, sandbox: Sandbox, policy: str) -> None:
    """Every attack through every text that a person can type, also without the Content Security Policy."""
    page = await visit("/alice/general", scripts=policy == "no policy")
    await page.evaluate("() => { window.alert = () => { window.hurt = true; }; }")
    place = {"user": "bob", "channel": "general"}
    for attack in ATTACKS:
        said = await sandbox.act({**place, "action": "say", "text": attack})
        ts = said["messages"][-1]["ts"]
        await sandbox.act({**place, "action": "reply", "ts": ts, "text": attack})
        await sandbox.act({**place, "action": "upload", "filename": f"{attack}.md", "content": attack})
        await sandbox.act(
            {**place, "user": "alice", "action": "command", "command": "/whisper", "text": attack}
        )
    await expect(messages(page).get_by_role("link", name="1 reply")).to_have_count(len(ATTACKS))
    await page.get_by_role("link", name="1 reply").last.click()
    await expect(page.get_by_role("list", name="Replies").locator(".message")).to_have_count(2)
    for unfold in await page.get_by_text("Preview").all():
        await unfold.click()
    for attack in ATTACKS:
        await say(page, "/incident")
        form = page.get_by_role("dialog")
        await form.get_by_label("What is wrong?").fill(attack)
        await form.get_by_label("What is wrong?").press("Enter")
        await expect(form).to_have_count(0)
        await sandbox.clock.advance(2)  # an app may post one message a second
    await expect(page.get_by_role("button", name="Take command")).to_have_count(len(ATTACKS))
    ours = "script:not([src^='/page/']):not([type='application/json'])"
    await expect(page.locator(f"iframe, .said img, .said svg, .said b[onclick], {ours}")).to_have_count(0)
    assert await page.evaluate("() => window.hurt") is None


async def test_inline_scripts_do_not_run_even_if_one_is_on_the_page(visit: Visit) -> None:
    page = await visit("/alice/general")
    ran = await page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "window.ran = true";
          document.body.append(script);
          return Boolean(window.ran);
        }"""
    )
    assert ran is False


async def test_a_file_is_previewed_and_can_be_downloaded(visit: Visit, sandbox: Sandbox) -> None:
    page = await visit("/alice/general")
    text = "# Postmortem\n\n- [x] rolled back\n\n<script>alert(1)</script>"
    await sandbox.act(
        {"user": "alice", "action": "upload", "channel": "general", "filename": "pm.md", "content": text}
    )
    await page.get_by_text("Preview").click()
    await expect(page.get_by_role("heading", name="Postmortem")).to_be_visible()
    await expect(messages(page)).to_contain_text("<script>alert(1)</script>")
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download pm.md").click()
    assert (await (await download.value).path()).read_text(encoding="utf-8") == text


async def test_the_user_is_switched_without_leaving_the_channel(visit: Visit) -> None:
    page = await visit("/alice/incidents")
    await page.get_by_role("button", name="acting as Alice Adams").click()
    await page.get_by_role("menuitem", name="Dave Diaz").click()
    await expect(page).to_have_url(re.compile("/dave/incidents$"))
    await expect(page.get_by_role("button", name="acting as Dave Diaz")).to_be_visible()


async def test_an_unsent_text_stays_in_its_channel(visit: Visit) -> None:
    page = await visit("/alice/general")
    await composer(page).fill("half a thought")
    await page.get_by_role("link", name="random").click()
    await expect(composer(page)).to_have_value("")
    await page.get_by_role("link", name="general", exact=True).click()
    await expect(composer(page)).to_have_value("half a thought")


@pytest.mark.parametrize(
    ("wall", "zone", "seconds"),
    [
        ("2030-01-31T09:30", "Europe/Berlin", 1_896_078_600),
        ("2030-07-31T09:30", "Europe/Berlin", 1_911_713_400),
        ("2030-03-31T03:30", "Europe/Berlin", 1_901_151_000),
        ("2030-01-31T09:30", "Asia/Kolkata", 1_896_062_400),
        ("2030-11-03T12:00", "America/New_York", 1_919_955_600),
    ],
)
async def test_a_picked_time_is_in_the_acting_persons_zone(
    visit: Visit, wall: str, zone: str, seconds: int
) -> None:
    assert datetime.fromisoformat(wall).replace(tzinfo=ZoneInfo(zone)).timestamp() == seconds
    page = await visit("/alice/general")
    code = "async ([wall, zone]) => (await import('/page/static/values.js')).secondsOf(wall, zone)"
    assert await page.evaluate(code, [wall, zone]) == seconds
