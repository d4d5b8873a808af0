"""Whether a person may see a page is asked at each opening, as it is at that moment."""

import pytest
from structlog.testing import capture_logs

from bot.core.page_links import PageLinks, PageName
from bot.policy_file import DEFAULT
from tests.slack.conftest import Town
from tests.web.pages.conftest import PageOffice, browser, pages_of


async def test_who_is_removed_from_a_private_war_room_loses_its_page(pages: PageOffice) -> None:
    await pages.declare_private()
    office, room = pages.office, pages.office.stage.room
    await office.person("alice").invite(room, "bob")
    await office.person("bob").until(
        lambda seen: next(
            (each for each in seen["channels"] if each["id"] == room and each["is_member"]), None
        )
    )
    link, unused = await pages.link("bob", "postmortem"), await pages.link("bob", "postmortem")
    async with browser() as bobs, browser() as later:
        shown = await bobs.open(link)
        assert (shown.status, "TOPSECRET" in shown.text) == (200, True)
        await office.person("alice").remove(room, "bob")
        await _learned_that_he_left(pages)
        lost = await bobs.get(shown.url)
        assert (lost.status, "TOPSECRET" in lost.text) == (403, False)
        assert "You cannot see this page" in lost.text
        assert (await later.open(unused)).status == 403


async def _learned_that_he_left(pages: PageOffice) -> None:
    """Wait until the bot has handled the event: then the incident does not exist for bob."""
    for _ in range(200):
        if "no INC-1" in await pages.office.told("bob", "show INC-1", channel="general"):
            return
    pytest.fail("the bot still shows it to bob")


async def test_figures_count_private_incidents_only_for_members(pages: PageOffice) -> None:
    await pages.office.declare("sev2 Checkout is failing")
    await pages.declare_private()
    links = {each: await pages.link(each, "metrics", "general") for each in ("alice", "bob")}
    async with browser() as alices, browser() as bobs:
        assert "TOPSECRET" in (await alices.open(links["alice"])).text
        shown = await bobs.open(links["bob"])
    assert ("TOPSECRET" in shown.text, "Checkout is failing" in shown.text) == (False, True)


async def test_who_sees_private_incidents_from_outside_gets_no_page_of_them(town: Town) -> None:
    policy = town.stage.out / "policy.yml"
    shipped = DEFAULT.read_text()
    policy.write_text(shipped.replace("see_private: nobody", f"see_private: {town.sandbox.users['bob']}"))
    async with pages_of(town, policy_file=policy) as pages:
        await pages.declare_private()
        assert "TOPSECRET" in await pages.office.told("bob", "show INC-1", channel="general")
        links = [
            await pages.link("bob", "postmortem INC-1", "general"),
            await pages.link("bob", "metrics", "general"),
            PageLinks.of(pages.url, town.sandbox.bot_token).address(
                pages.office.app.team,
                town.sandbox.users["bob"],
                town.sandbox.clock.now(),
                PageName.POSTMORTEM,
                "1",
            ),
        ]
        with capture_logs() as logged:
            for link in filter(None, links):
                async with browser() as bobs:
                    assert "TOPSECRET" not in (await bobs.open(link)).text
        assert "access.private_seen" not in [line["event"] for line in logged], "he has seen nothing"


async def test_a_deactivated_account_opens_nothing(pages: PageOffice) -> None:
    await pages.office.declare("sev2 Checkout is failing")
    link = await pages.link("bob", "metrics", "general")
    async with browser() as bobs:
        shown = await bobs.open(link)
        assert shown.status == 200
        await pages.office.person("alice").deactivate("bob")
        assert (await bobs.get(shown.url)).status == 403


async def test_a_restart_changes_nothing_and_another_bots_link_is_none(town: Town) -> None:
    async with pages_of(town) as pages:
        await pages.office.declare("sev2 Checkout is failing")
        link = await pages.link("alice", "postmortem")
    forged = PageLinks.of(pages.url, "xoxb-of-another-bot").address(
        pages.office.app.team,
        town.sandbox.users["alice"],
        town.sandbox.clock.now(),
        PageName.POSTMORTEM,
        "1",
    )
    elsewhere = PageLinks.of(pages.url, town.sandbox.bot_token).address(
        "T0ELSEWHERE", town.sandbox.users["alice"], town.sandbox.clock.now(), PageName.POSTMORTEM, "1"
    )
    async with pages_of(town) as again, browser() as alices:
        asked = [each.replace(pages.url, again.url) for each in (link, forged, elsewhere)]
        assert [(await alices.open(each)).status for each in asked] == [200, 404, 404]


@pytest.mark.parametrize("without", ["port", "public_url"])
async def test_without_a_port_or_an_address_there_are_files_only(town: Town, without: str) -> None:
    async with pages_of(town, **{without: None}) as pages:
        await pages.office.declare("sev2 Checkout is failing")
        assert await pages.link("alice", "postmortem") == ""
        assert await pages.link("alice", "metrics", "general") == ""
        await pages.office.stage.shows("alice", "postmortem draft of INC-1")
        if without == "public_url":
            async with browser() as robot:
                assert (await robot.get(f"{pages.url}/pages/x/y")).status == 404


async def test_the_pack_of_a_board_opens_for_members_of_the_workspace_only(pages: PageOffice) -> None:
    await pages.office.declare("sev2 Checkout is failing")
    link = await pages.link("bob", "review 7d", "general")
    async with browser() as bobs:
        shown = await bobs.open(link)
        assert (shown.status, "Checkout is failing" in shown.text) == (200, True)
        await pages.office.person("alice").change_role("bob", "guest")
        assert (await bobs.get(shown.url)).status == 403
