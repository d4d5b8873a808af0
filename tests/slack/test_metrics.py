"""Figures in Slack: for oneself, and posted for everybody in the channel."""

from typing import Any

from bot.drills.stage import readable
from bot.review.views.message import CHART, POST
from tests.slack.conftest import Office


async def asked(office: Office, text: str = "metrics", by: str = "alice") -> dict[str, Any]:
    """The answer that only this person sees, in #general."""
    answer = await office.person(by).command("general", "/incident", text)
    message: dict[str, Any] = answer["messages"][-1]
    return message


async def posted(office: Office) -> list[str]:
    """What everybody sees in #general from the bot."""
    channel = (await office.person("bob").see("general"))["channel"]
    return [readable(each) for each in channel["messages"] if "posted this" in readable(each)]


async def test_figures_are_for_the_person_until_they_are_posted_and_private_ones_never_are(
    office: Office,
) -> None:
    await office.declare("sev2 Checkout is failing")
    await office.told("alice", "resolve rolled back")
    await office.person("alice").command("general", "/incident", "declare")
    await office.person("alice").submit(title="Secret", severity="1", private=["private"])
    mine = await asked(office)
    assert "2 incidents declared from" in readable(mine)
    assert "1 of them private" in readable(mine)
    assert "1 incident declared from" in readable(await asked(office, by="bob"))
    assert await posted(office) == []

    await office.person("alice").click(POST, channel="general", ts=mine["ts"])
    (shown,) = await posted(office)
    assert "1 incident declared from" in shown
    assert "private ones not among them" in shown
    assert "1 of them private" not in shown


async def test_a_chart_is_drawn_where_slack_takes_it_and_told_where_it_does_not(office: Office) -> None:
    await office.declare("sev2 Checkout is failing")
    await office.told("alice", "resolve rolled back")
    mine = await asked(office)
    pressed = await office.person("alice").click(CHART, channel="general", ts=mine["ts"])
    types = [block["type"] for block in pressed["messages"][-1]["blocks"]]
    assert types.count("data_visualization") == 2
    await office.driver.refuse_blocks("data_visualization", "data_table")
    pressed = await office.person("alice").click(CHART, channel="general", ts=mine["ts"])
    assert "Time to resolve (declared → resolved)*: to 5 min: 1" in readable(pressed["messages"][-1])
    assert "Time to resolve* (declared → resolved): median" in readable(await asked(office))


async def test_where_slack_takes_no_post_only_the_person_is_told(office: Office) -> None:
    await office.declare("sev2 Checkout is failing")
    mine = await asked(office)
    await office.driver.fault("error500", method="response_url", count=2)
    pressed = await office.person("alice").click(POST, channel="general", ts=mine["ts"])
    assert "Slack did not let me post that here" in readable(pressed["messages"][-1])
    assert await posted(office) == []


async def test_a_bad_span_is_told_with_what_was_typed(office: Office) -> None:
    told = readable(await asked(office, "metrics sometime"))
    assert "“sometime” is no span of time" in told
    assert "/incident metrics sometime" in told
    assert "No incident was declared from" in readable(await asked(office, "metrics 2d"))
