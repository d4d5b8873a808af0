"""Action items over the wire: typed, made from a message and by a reaction, settled in a direct message and on Home."""

from bot.drills.stage import readable
from tests.slack.conftest import Office
from tests.slack.test_home import home
from tests.slack.test_tasks import direct, mention


async def room_says(office: Office, words: str) -> None:
    await office.stage.shows("alice", words)


async def test_an_item_is_added_told_and_done_with_a_proof_in_the_direct_message(office: Office) -> None:
    await office.declare()
    told = await office.told(
        "alice", f"action {mention(office, 'bob')} by friday add an alert on replica lag"
    )
    assert "*ACT-1* of INC-1 added for" in told
    await room_says(office, "added action item *ACT-1* for")
    channel, message = await direct(office, "bob", "gave you an action item", "add an alert on replica lag")
    bob = office.person("bob")
    await bob.click("action_done", channel=channel, ts=message["ts"])
    await bob.submit(proof="https://example.com/pull/7")
    assert "*ACT-1* is done: " in readable((await bob.see())["modals"])
    assert "https://example.com/pull/7" in await office.told("alice", "actions done")


async def test_what_is_missing_is_chosen_in_the_form(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    await office.told("alice", f"action {mention(office, 'bob')} add an alert")
    (form,) = (await alice.see())["modals"]
    assert "I still need a day." in readable(form)
    day = office.sandbox.clock.now().date().isoformat()
    await alice.submit(due=day)
    assert "*ACT-1* of INC-1 added" in readable((await alice.see())["modals"])
    listed = await office.told("bob", "actions mine", channel="general")
    assert "*due today*" in listed


async def test_a_message_and_a_reaction_make_one_of_it(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    said = await alice.say(office.stage.room, "we never alert on replica lag")
    ts = said["messages"][-1]["ts"]
    day = office.sandbox.clock.now().date().isoformat()
    await alice.shortcut("make_action_item", channel=office.stage.room, ts=ts)
    await alice.submit(person=office.sandbox.users["alice"], due=day)
    assert "we never alert on replica lag" in readable((await alice.see())["modals"])
    await alice.close(everything=True)
    await alice.react(office.stage.room, ts, "dart")
    question = await office.stage.shows("alice", "An action item needs an owner and a day")
    assert "we never alert on replica lag" in readable(question)
    await alice.click("action_item", channel=office.stage.room, ts=question["ts"])
    await alice.submit(person=office.sandbox.users["bob"], due=day)
    assert "*ACT-2* of INC-1 added" in readable((await alice.see())["modals"])


async def test_a_reaction_elsewhere_asks_for_the_incident_and_then_opens_the_form(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    said = await alice.say("general", "we never alert on replica lag")
    ts = said["messages"][-1]["ts"]
    await alice.react("general", ts, "dart")

    def asked(seen: dict) -> dict | None:  # type: ignore[type-arg]  # what the driver gives
        return next((m for m in seen["channel"]["messages"] if "To which incident" in readable(m)), None)

    question = await alice.until(asked, "general")
    await alice.click("chosen", channel="general", ts=question["ts"])
    (form,) = (await alice.see())["modals"]
    assert "we never alert on replica lag" in str(form)


async def test_home_has_ones_own_and_shows_what_became_of_it(office: Office) -> None:
    await office.declare()
    await office.told("alice", "action me tomorrow add an alert")
    assert "add an alert" in await home(office, "*Your action items*")
    alice = office.person("alice")
    await alice.click("action_done", home=True)
    await alice.submit(proof="it rang in the drill")
    await alice.close(everything=True)
    gone = await alice.until(lambda seen: "Your action items" not in readable(seen["home"]) and seen["home"])
    assert "add an alert" not in readable(gone)


async def test_it_is_settled_in_one_line_from_anywhere_and_mistakes_give_the_text_back(
    office: Office,
) -> None:
    await office.declare()
    await office.told("alice", f"action {mention(office, 'bob')} in 2 weeks add an alert")
    assert "*ACT-1* add an alert" in await office.told("alice", "action ACT-1", channel="general")
    told = await office.told("alice", "action move ACT-1 2026-02-31 the vendor is late", channel="general")
    assert "There is no day “2026-02-31”" in told
    assert "move ACT-1 2026-02-31 the vendor is late" in told
    assert "*ACT-1* is done: it rang" in await office.told(
        "bob", "action done ACT-1 it rang", channel="general"
    )
    assert "is already done" in await office.told("alice", "action drop ACT-1 no", channel="general")
    assert "*ACT-1* is " in await office.told("alice", "action undo ACT-1", channel="general")
    given = await office.told("alice", f"action ACT-1 {mention(office, 'alice')}", channel="general")
    assert "*ACT-1* is " in given
    assert "you may not see it" in await office.told("bob", "action done ACT-7 x", channel="general")


async def test_what_was_built_to_notice_is_tried_out_in_a_drill(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    await office.told("alice", "action add an alert on lag")
    day = office.sandbox.clock.now().date().isoformat()
    await alice.submit(person=office.sandbox.users["alice"], due=day, kind="detect")
    await alice.close(everything=True)
    await office.told("alice", "action done ACT-1 it is deployed")
    listed = await alice.command(office.stage.room, "/incident", "actions done")
    assert "Rehearse it" in str(listed)
    ts = (await alice.see(office.stage.room))["channel"]["messages"][-1]["ts"]
    await alice.click("action_rehearse", channel=office.stage.room, ts=ts)
    await alice.submit(inject="replication is paused")
    await alice.close(everything=True)
    drills = await office.told("alice", "list drills", channel="general")
    assert "Drill: add an alert on lag" in drills
    told = await office.told("alice", "show INC-2", channel="general")
    assert "Simulated: replication is paused" in told
    assert "This drill tries out ACT-1" in told
    room = await alice.until(
        lambda seen: next((each["id"] for each in seen["channels"] if each["name"].startswith("inc-2")), None)
    )

    def card(seen: dict) -> str | None:  # type: ignore[type-arg]  # what the driver gives
        messages = seen["channel"]["messages"]
        return next((each["ts"] for each in messages if "tries out ACT-1" in readable(each)), None)

    ts = await alice.until(card, room)
    await alice.click("rehearsal_noticed", channel=room, ts=ts)
    await alice.submit(how="the alert on lag")
    assert "noticed after" in readable((await alice.see())["modals"])
    await alice.close(everything=True)
    assert "by the alert on lag (INC-2)" in await office.told(
        "alice", "actions done INC-1", channel="general"
    )
    refused = await alice.click("rehearsal_missed", channel=room, ts=ts)
    assert "is recorded in ACT-1 already" in readable(refused)
