"""The Home tab over the wire: opened, pressed, refreshed, and harmless if Slack refuses it."""

import asyncio

import pytest
from sqlalchemy import text
from structlog.testing import capture_logs

from bot.drills.stage import readable
from bot.incident.domain.home import PAGE_SIZE
from bot.incident.views.home import LATER, REFRESH, SHOW
from bot.sandbox.driver import ActionFailed
from tests.slack.conftest import Office


async def home(office: Office, words: str, by: str = "alice") -> str:
    """Open the Home tab and wait until it says this. Returns all its text."""
    await office.person(by).open_home()
    return await shown(office, words, by)


async def shown(office: Office, words: str, by: str = "alice") -> str:
    """Wait until a person's tab says this. Returns all its text."""
    tab = await office.person(by).until(lambda seen: words in readable(seen["home"]) and seen["home"])
    return readable(tab)


async def test_without_open_incidents_it_offers_to_declare(office: Office) -> None:
    assert "Declare an incident" in await home(office, "No incident is open")


async def test_a_persons_own_duties_come_first_and_then_the_worst(office: Office) -> None:
    for words in ("sev3 Mail is late", "sev1 Checkout is failing", "sev2 Search is slow"):
        room = await office.declare(words)
        if "Mail" in words:
            await office.stage.press("alice", "take_command", await office.stage.card("nobody yet"))
            await office.stage.card("*Commander* <@")
    alices = await home(office, "3 incidents are open")
    bobs = await home(office, "3 incidents are open", by="bob")
    assert "You are *Incident Commander* of" in alices
    assert alices.index("Mail") < alices.index("Checkout") < alices.index("Search")
    assert "You are" not in bobs
    assert bobs.index("Checkout") < bobs.index("Search") < bobs.index("Mail")
    assert f"<#{room}>" in bobs


async def test_a_private_incident_is_shown_only_to_its_participants(office: Office) -> None:
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare Key leaked")
    await alice.submit(severity="1", private=["private"])
    assert "Key leaked" in await home(office, "1 incident is open")
    assert "Key leaked" not in await home(office, "No incident is open", by="bob")


async def test_declare_on_the_tab_opens_the_form_and_the_tab_shows_what_was_declared(office: Office) -> None:
    alice = office.person("alice")
    await home(office, "No incident is open")
    opened = await alice.click("declare", home=True)
    assert opened["modals"][0]["callback_id"] == "declare"
    await alice.submit(title="Checkout is failing", severity="1")
    await alice.until(lambda seen: "<#" in readable(seen["modals"]) and seen)
    await alice.close()
    await shown(office, "Checkout is failing")


async def test_the_choice_and_the_page_are_kept_by_all_that_is_done_on_the_tab(office: Office) -> None:
    for number in range(PAGE_SIZE + 2):
        await office.person("bob").command(
            "general", "/incident", f"declare sev{1 + number % 2} Number {number}"
        )
    alice = office.person("alice")
    await home(office, f"1 to {PAGE_SIZE} of {PAGE_SIZE + 2}")
    await alice.click(LATER, home=True)
    await shown(office, f"{PAGE_SIZE + 1} to {PAGE_SIZE + 2} of {PAGE_SIZE + 2}")
    await alice.open_home()
    await alice.click(REFRESH, home=True)
    assert "Number 1 " not in await shown(office, f"{PAGE_SIZE + 1} to {PAGE_SIZE + 2} of {PAGE_SIZE + 2}")
    await alice.choose(SHOW, "sev2", home=True)
    only = await shown(office, "Number 21")
    assert "SEV1 ·" not in only
    assert " of 22" not in only
    await alice.click("declare", home=True)
    await alice.submit(title="One more", severity="2")
    assert "SEV1 ·" not in await shown(office, "One more")
    await alice.choose(SHOW, "all", home=True)
    await shown(office, f"1 to {PAGE_SIZE} of {PAGE_SIZE + 3}")


async def test_an_update_that_is_owed_is_posted_from_the_tab(office: Office) -> None:
    await office.declare("sev1 Checkout is failing")
    await office.stage.press("alice", "take_command", await office.stage.card("nobody yet"))
    await office.stage.card("*Commander* <@")
    assert "Updates that you owe" in await home(office, "next update by")
    alice = office.person("alice")
    await alice.click("update", home=True)
    await alice.submit(conditions="Half of it works again")
    await office.stage.card("Half of it works again")
    await shown(office, "Updates that you owe")


async def test_what_was_resolved_lately_offers_its_draft(office: Office) -> None:
    await office.declare("sev1 Checkout is failing")
    await office.person("alice").command(office.stage.room, "/incident", "resolve rolled back")
    await office.stage.card("resolved")
    await home(office, "Closed in the last days")
    await office.person("alice").click("postmortem", home=True)
    seen = await office.person("alice").until(lambda seen: seen["modals"] and seen)
    assert "Writing the draft" in readable(seen["modals"])


async def test_only_administrators_are_told_what_slack_refuses(office: Office) -> None:
    await office.driver.fault("refuse", error="restricted_action", method="conversations.setTopic")
    await office.declare("sev1 Checkout is failing", by="bob")
    await office.stage.shows("bob", "I could not set the channel topic")
    admins = await home(office, "For administrators")
    assert "INC-1: I could not set the channel topic: restricted_action." in admins
    assert "A workspace setting forbids it; an admin can allow it." in admins
    assert "For administrators" not in await home(office, "Checkout is failing", by="bob")


async def test_refresh_shows_the_changes(office: Office) -> None:
    await home(office, "No incident is open")
    await office.declare("sev1 Checkout is failing", by="bob")
    await shown(office, "No incident is open")
    await office.person("alice").click("refresh_home", home=True)
    await shown(office, "Checkout is failing")


async def test_two_openings_at_once_show_the_present_state(office: Office) -> None:
    await office.declare()
    await asyncio.gather(*(home(office, "Checkout is failing") for _ in range(2)))
    await _until_published(office, 2)
    await shown(office, "Checkout is failing")


@pytest.mark.parametrize("code", ["hash_conflict", "not_enabled", "ratelimited", "unknown_method"])
async def test_a_refused_tab_is_logged_and_the_bot_continues(office: Office, code: str) -> None:
    fault = {"fault": code} if code == "ratelimited" else {"fault": "refuse", "error": code}
    await office.driver.fault(**fault, method="views.publish")
    with capture_logs() as logs:
        await office.person("alice").open_home()
        async with asyncio.timeout(10):
            while not (told := [log for log in logs if log["event"] == "slack.home_not_published"]):
                await office.driver.traffic()  # a round trip, during which the event is handled
    assert [log["error"] for log in told] == [code]
    await office.driver.clear_faults()
    await home(office, "No incident is open")


async def test_a_failed_press_without_a_channel_is_reported_in_a_modal(office: Office) -> None:
    await home(office, "No incident is open")
    async with office.app.database.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE members RENAME TO mislaid"))
    with pytest.raises(ActionFailed):
        await office.person("alice").click("refresh_home", home=True)
    assert "nothing was changed" in readable((await office.person("alice").see())["modals"])


async def _until_published(office: Office, times: int) -> None:
    async with asyncio.timeout(10):
        while sum(entry.get("method") == "views.publish" for entry in await office.driver.traffic()) < times:
            pass  # each check is a round trip
