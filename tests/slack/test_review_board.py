"""The review board over the wire: posted by the clock, decided upon by button, with and without newer blocks."""

import json
from typing import Any

import pytest

from bot.drills.stage import readable
from tests.slack.conftest import Office

WEEK = 7 * 24 * 60 * 60


async def packs(office: Office, channel: str = "general") -> list[dict[str, Any]]:
    """The packs that everybody sees in a channel."""
    seen = (await office.person("bob").see(channel))["channel"]
    return [each for each in seen["messages"] if "Review board" in str(each.get("text"))]


async def made(office: Office, text: str = "review 9d") -> dict[str, Any]:
    answer = await office.person("alice").command("general", "/incident", text)
    message: dict[str, Any] = answer["messages"][-1]
    return message


async def test_a_pack_is_posted_with_its_page_and_a_decision_is_recorded_in_it(office: Office) -> None:
    await office.declare("sev2 Checkout is failing")
    await office.told("alice", "resolve rolled back")
    mine = await made(office)
    assert [block["type"] for block in mine["blocks"]].count("data_table") == 1
    assert await packs(office) == []
    alice = office.person("alice")
    pressed = await alice.click("review_post", channel="general", ts=mine["ts"])
    assert "is posted here in a moment" in readable(pressed["messages"][-1])

    def shown(seen: dict[str, Any]) -> dict[str, Any] | None:
        messages = seen["channel"]["messages"]
        has_page = any(each.get("files") for each in messages)
        found = [each for each in messages if "review_decide" in json.dumps(each.get("blocks", []))]
        return found[0] if has_page and found else None

    posted = await alice.until(shown, "general")
    (files,) = [
        each["files"] for each in (await alice.see("general"))["channel"]["messages"] if each.get("files")
    ]
    assert [each["name"] for each in files] == ["review-board-9d.html", "review-board-9d.png"]
    await alice.click("review_decide", channel="general", ts=posted["ts"])
    day = office.sandbox.clock.now().date().isoformat()
    wanted = {"text": "Deploy to one region first", "person": office.sandbox.users["bob"], "due": day}
    await alice.submit(**wanted, decided="investment", incident="1")
    assert "*ACT-1* is recorded as a reliability investment of 9d." in readable((await alice.see())["modals"])
    assert "Investment of the board 9d" in await office.told("bob", "actions mine", channel="general")
    assert "Deploy to one region first (investment of 9d): open" in readable(await made(office))


async def test_where_slack_takes_no_newer_blocks_the_pack_says_the_same_in_sentences(office: Office) -> None:
    await office.declare("sev2 Checkout is failing")
    await office.driver.refuse_blocks("data_visualization", "data_table")
    mine = await made(office)
    assert "data_table" not in json.dumps(mine["blocks"])
    assert "SEV2 *INC-1* Checkout is failing: not over after" in readable(mine)
    assert "Incidents by day: " in readable(mine)


@pytest.mark.parametrize("text", ["review lately", "review last week sev1"])
async def test_a_bad_span_gives_the_text_back(office: Office, text: str) -> None:
    assert f"/incident {text}" in readable(await made(office, text))
