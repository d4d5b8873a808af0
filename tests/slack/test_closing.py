"""The end of an incident in Slack: what is still open, and what becomes of the war room."""

from bot.drills.stage import has, readable
from tests.slack.conftest import Town

DAY = 24 * 60 * 60


async def test_the_room_is_asked_what_is_open_then_whether_to_keep_it_and_then_it_is_archived(
    town: Town,
) -> None:
    alice, bob = town.driver.user("alice"), town.driver.user("bob")
    async with town.bot() as office:
        room = await office.declare()
        await bob.join(room)
        await office.told("bob", "resolve Rolled back")
        end = await town.stage.shows("alice", "Before everybody leaves")
        await town.stage.press("bob", "postmortem_mine", end)
        await town.stage.press("alice", "milestone_started", end)
        await alice.submit()
        await alice.close(everything=True)
        await office.told("alice", "milestone started 5 min ago")
        await office.told("alice", "milestone detected 4 min ago")
        asked = ("Nobody has recorded", "Who writes the postmortem?")
        await alice.until(
            lambda seen: not any(has(each, words) for each in seen["channel"]["messages"] for words in asked),
            room,
        )
        await town.stage.shows("alice", "Before everybody leaves", "Add an action item")
        card = await town.stage.card("Postmortem")
        assert "Before everybody leaves" not in readable(card)
    await town.driver.advance(13 * DAY + 60)
    async with town.bot() as office:
        await office.app.engine.due.tick(town.sandbox.clock.now())
        question = await town.stage.shows("alice", "I will archive this channel")
        await town.stage.press("bob", "room_archive", question)
        await alice.until(lambda _: town.sandbox.workspace.channels[room].archived)
        await town.stage.shows("frank", "(archived)", channel="incidents")
        told = await office.told("alice", "reopen INC-1: it is back", channel="general")
        assert "choose *Unarchive channel*" in told
        await alice.unarchive(room)
        await town.stage.shows("alice", "it is back")
        timeline = await office.told("alice", "timeline INC-1", channel="general")
        assert "War room unarchived" in timeline
