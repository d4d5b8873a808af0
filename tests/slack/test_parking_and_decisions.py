"""Parked thoughts and decisions with the real bot, over the wire: by command, button, form and message shortcut."""

from bot.drills.stage import download, has
from tests.slack.conftest import Office, Town

SIX_MINUTES = 6 * 60


async def test_thoughts_are_parked_by_command_and_from_a_message_and_open_the_draft(office: Office) -> None:
    await office.declare()
    alice, room = office.person("alice"), office.stage.room
    assert await office.told("alice", "park Is it the <DNS>?") == ""
    await office.stage.shows("alice", "P1 parked", "Is it the <DNS>?", "restoring the service comes first")
    ts = (await alice.say(room, "I bet it was the deploy"))["messages"][-1]["ts"]
    await alice.shortcut("park_message", channel=room, ts=ts)
    await office.stage.shows("alice", "Parked for the postmortem")
    await office.stage.shows("alice", "P2 parked", "I bet it was the deploy")
    listed = await office.told("alice", "park")
    assert "Is it the" in listed
    assert "I bet it was the deploy" in listed
    await office.told("alice", "postmortem")
    draft = await download(await office.stage.shows("alice", "postmortem draft"))
    parked = draft.index("## Questions that were parked")
    assert parked < draft.index("**P1** Is it the \\<DNS\\>?") < draft.index("## Summary")


async def test_a_message_in_another_channel_is_parked_in_the_chosen_incident(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    ts = (await alice.say("general", "Is it the DNS?"))["messages"][-1]["ts"]
    await alice.shortcut("park_message", channel="general", ts=ts)
    asked = await office.stage.shows("alice", "To which incident", channel="general")
    await alice.click("chosen", channel="general", ts=asked["ts"])
    await office.stage.shows("alice", "P1 parked", "Is it the DNS?")


async def test_a_strong_objection_opens_a_decision_again_and_silence_lets_the_next_one_stand(
    town: Town,
) -> None:
    async with town.bot() as office:
        await office.declare()
        await office.person("bob").join(office.stage.room)
        await office.person("alice").command(office.stage.room, "/incident", "decision")
        await office.person("alice").submit(
            text="Fail over", risk="Stale reads", way_back="Fail back", within="300"
        )
        shown = await office.stage.shows(
            "bob", "Decision D1", "Fail over", "unless somebody strongly objects"
        )
        await office.stage.press("bob", "decision_object", shown)
        await office.person("bob").submit(reason="The replica lags")
        called = await office.stage.shows("alice", "D1 is open again", "Decide again")
        await office.stage.press("alice", "decision", called)
        await office.person("alice").submit(text="Fail over reads only")
        await office.stage.shows("bob", "Decision D1", "replaced", "by D2")
        await office.stage.shows("bob", "Decision D2", "Fail over reads only", "Strong objection")
    await town.driver.advance(SIX_MINUTES)
    async with town.bot() as office:
        await office.app.engine.due.tick(town.sandbox.clock.now())
        await office.app.engine.deliverer.drain()
        late = await office.stage.shows("bob", "Decision D2", "stands", "nobody objected")
        messages = (await office.person("bob").see(office.stage.room))["channel"]["messages"]
        assert len([each for each in messages if has(each, "Decision D2")]) == 1
        assert not has(late, "Strong objection")
