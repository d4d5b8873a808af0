"""Workspaces that refuse Slack's newer blocks get the plain form, at once, and are not asked again and again."""

from typing import Any

from bot.core.blocks import Block
from bot.core.newer import NewerKind
from bot.drills.stage import readable
from bot.sandbox.driver import Driver
from tests.slack.conftest import Office, Town

WEEK = 7 * 24 * 60 * 60
ALL = tuple(NewerKind)


def types(blocks: list[Block]) -> set[str]:
    """The types of blocks and of the elements of rich text."""
    found: set[str] = set()
    for block in blocks:
        found.add(block["type"])
        for part in block.get("elements", []):
            found |= {each["type"] for each in part.get("elements", [])}
    return found


async def refusals(driver: Driver) -> int:
    """How many calls Slack has refused because of their blocks."""
    return sum(
        each.get("error") in ("invalid_blocks", "invalid_arguments") for each in await driver.traffic()
    )


async def form_of(office: Office, word: str) -> dict[str, Any]:
    """The form that opens for this word in the war room."""
    answer = await office.person("alice").command(office.stage.room, "/incident", word)
    modal: dict[str, Any] = answer["modals"][-1]
    await office.person("alice").close(everything=True)
    return modal


async def test_where_slack_takes_them_severity_and_status_are_tags_and_consequences_alerts(
    office: Office,
) -> None:
    await office.declare("sev2 Checkout is failing")
    card = await office.stage.card("SEV2", "triage")
    assert "tag" in types(card["blocks"])
    assert "alert" in types((await form_of(office, "cancel"))["blocks"])
    assert await refusals(office.driver) == 0


async def test_a_workspace_that_refuses_them_gets_the_plain_form_of_everything(office: Office) -> None:
    await office.driver.refuse_blocks(*ALL)
    await office.declare("sev2 Checkout is failing")
    card = await office.stage.card(":large_orange_circle: SEV2 · triage")
    assert not types(card["blocks"]) & set(ALL)
    assert ":warning: This closes the incident" in readable(await form_of(office, "cancel"))
    await office.told("alice", "update " + "Half of all payments fail. " * 40)
    await office.stage.card("*Latest update*", "Half of all payments fail.")
    assert ":large_orange_circle: SEV2 · triage" in await office.told(
        "alice", "show", channel=office.stage.room
    )
    assert await refusals(office.driver) <= len(ALL) + 1, "two messages may be on their way at the same time"


async def test_a_refusal_is_remembered_beyond_a_restart_and_forgotten_after_a_week(town: Town) -> None:
    await town.driver.refuse_blocks("tag", "alert")
    async with town.bot() as office:
        await office.declare("sev2 Checkout is failing")
        await form_of(office, "cancel")
        seen = await refusals(town.driver)
        assert 1 < seen <= 3
    async with town.bot() as office:
        await office.declare("sev3 Search is slow")
        await form_of(office, "cancel")
        assert await refusals(town.driver) == seen
    await town.driver.advance(WEEK)
    await town.driver.refuse_blocks("alert")
    async with town.bot() as office:
        await office.declare("sev4 Typo")
        assert "tag" in types((await office.stage.card("SEV4"))["blocks"])
        await form_of(office, "cancel")
        assert await refusals(town.driver) == seen + 1


async def test_a_list_that_is_long_enough_is_a_table_where_slack_takes_one(office: Office) -> None:
    for number in range(6):
        await office.declare(f"sev3 Number {number} fails")
    alice = office.person("alice")

    async def listed() -> Block:
        answer = await alice.command("general", "/incident", "list")
        block: Block = answer["messages"][-1]["blocks"][0]
        return block

    assert (await listed())["type"] == "data_table"
    await office.driver.refuse_blocks("data_table")
    assert "*INC-1* Number 0 fails" in readable(await listed()), "in the same act"
    before = len(await office.driver.traffic())
    assert (await listed())["type"] == "section"
    assert "response_url" not in [each.get("type") for each in (await office.driver.traffic())[before:]], (
        "in the ack"
    )
