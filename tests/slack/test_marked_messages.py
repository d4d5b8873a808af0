"""Messages of every kind, marked or declared from, over the wire: their text and their author are found."""

import asyncio
from typing import Any

import pytest

from bot.drills.stage import has, readable
from bot.sandbox.driver import Integration
from tests.slack.conftest import Office

BLOCKS = [{"type": "section", "text": {"type": "mrkdwn", "text": "*Disk* of db-1 is full"}}]


async def grafana(office: Office) -> Integration:
    """An app that posts into the war room with an incoming webhook."""
    return await office.driver.integrate("Grafana", office.stage.room)


async def latest(office: Office) -> dict[str, Any]:
    """The war room's latest message."""
    seen = await office.person("alice").see(office.stage.room)
    message: dict[str, Any] = seen["channel"]["messages"][-1]
    return message


async def until_noted(office: Office, words: str) -> str:
    """Wait until the timeline has these words. Returns the timeline."""
    async with asyncio.timeout(10):
        while words not in (told := await office.told("alice", "timeline")):
            await office.driver.traffic()
    return told


@pytest.mark.parametrize(
    "message",
    [
        {"blocks": BLOCKS},
        {"attachments": [{"blocks": BLOCKS}]},
        {"attachments": [{"title": "*Disk* of db-1 is full", "color": "danger"}]},
        {"text": "*Disk* of db-1 is full"},
    ],
    ids=["blocks", "blocks in an attachment", "attachment", "text"],
)
async def test_a_message_of_an_app_is_noted_under_the_apps_name(
    office: Office, message: dict[str, Any]
) -> None:
    await office.declare()
    app = await grafana(office)
    await app.post(**message)
    alert = await latest(office)
    await office.person("alice").react(office.stage.room, alert["ts"], "pushpin")
    told = await until_noted(office, "of db-1 is full")
    assert "said by Grafana, noted by" in told
    assert "no preview available" not in told


async def test_the_form_to_declare_from_an_alert_has_the_alerts_text(office: Office) -> None:
    await office.declare()
    app = await grafana(office)
    await app.post(attachments=[{"blocks": BLOCKS}])
    alert = await latest(office)
    alice = office.person("alice")
    await alice.shortcut("declare_from_message", channel=office.stage.room, ts=alert["ts"])
    modal = (await alice.see())["modals"]
    assert "of db-1 is full" in str(modal)


async def test_a_forwarded_message_is_read_with_its_author(office: Office) -> None:
    await office.declare()
    bob = office.person("bob")
    said = await bob.say("general", "the certificate expired")
    await bob.join(office.stage.room)
    await bob.forward("general", said["messages"][-1]["ts"], office.stage.room, "look")
    await office.person("alice").react(office.stage.room, (await latest(office))["ts"], "pushpin")
    told = await until_noted(office, "the certificate expired")
    assert "look ↵ Bob Brown: the certificate expired" in told


async def test_mentions_are_plain_text_in_titles_and_live_in_notes(office: Office) -> None:
    alice = office.person("alice")
    said = await alice.say("general", "@bob says that @checkout-team sees checkout fail")
    await alice.shortcut("declare_from_message", channel="general", ts=said["messages"][-1]["ts"])
    await alice.submit(severity="2")
    office.stage.room = await alice.until(
        lambda seen: next(
            (c["id"] for c in seen["channels"] if c["name"].startswith("inc-1-") and c["is_member"]), None
        )
    )
    card = await office.stage.card("INC-1 · @Bob Brown says that")
    assert "subteam" not in readable(card["blocks"][0])
    name = next(c["name"] for c in (await alice.see())["channels"] if c["id"] == office.stage.room)
    assert "subteam" not in name
    assert name.startswith("inc-1-bob-brown-says-that")
    thread = (await alice.see("general", said["messages"][-1]["ts"]))["thread"]["messages"]
    assert any(has(each, "was declared from this message") for each in thread)
