"""False alarms, duplicates, milestones and the impact questions, over the wire."""

from bot.drills.stage import download, readable
from tests.slack.conftest import Office


async def test_a_false_alarm_is_cancelled_by_form_and_opened_again(office: Office) -> None:
    await office.declare()
    await office.told("alice", "false alarm")
    await office.person("alice").submit(reason="The monitor was wrong")
    card = await office.stage.card("cancelled: false alarm", "Reopen")
    assert "Postmortem draft" not in readable(card)
    await office.stage.shows("alice", "Incident cancelled as a false alarm", "The monitor was wrong")
    await office.stage.shows("frank", "cancelled: false alarm", channel="incidents")
    await office.told("alice", "postmortem")
    text = await download(await office.stage.shows("alice", "postmortem draft of INC-1"))
    assert "False alarm: this incident was cancelled" in text
    await office.stage.press("alice", "reopen", card)
    await office.person("alice").submit(reason="It is real")
    await office.stage.shows("alice", "Incident reopened (cancelled → triage): It is real")
    await office.stage.card("triage", "Resolve")


async def test_a_duplicate_leads_its_people_to_the_other_war_room(office: Office) -> None:
    original = await office.declare("sev1 Payments fail")
    room = await office.declare("sev2 Checkout is failing")
    await office.told("alice", f"assign <@{office.sandbox.users['bob']}> scribe")
    await office.person("bob").until(
        lambda seen: any(c["id"] == room and c["is_member"] for c in seen["channels"])
    )
    await office.told("alice", "duplicate")
    await office.person("alice").submit(other="1", reason="Same error")
    await office.stage.shows("alice", "closed as a duplicate of INC-1", f"goes on in <#{original}>")
    await office.stage.card(f"duplicate of INC-1 · <#{original}>")
    await office.person("bob").until(
        lambda seen: any(c["id"] == original and c["is_member"] for c in seen["channels"])
    )
    await office.stage.shows("frank", f"duplicate of INC-1 · <#{original}>", channel="incidents")
    office.stage.room = original
    await office.stage.shows(
        "alice", "INC-2 was merged into this incident as a duplicate: Checkout is failing"
    )
    await office.stage.card("Merged into it: INC-2")
    assert "INC-2 was merged" in await office.told("alice", "timeline")


async def test_a_milestone_is_corrected_by_form(office: Office) -> None:
    await office.declare()
    assert "Impact started: not known" in await office.told("alice", "milestone")
    alice = office.person("alice")
    now = int(office.sandbox.clock.now().timestamp())
    await office.told("alice", "milestone started")
    await alice.submit(at=now - 600, reason="First failed payment")
    await office.stage.shows("alice", "Impact started", "First failed payment")
    await office.told("alice", "milestone detected")
    refused = await alice.submit(at=now - 1200)
    (error,) = refused["field_errors"].values()
    assert error.startswith("The detection cannot be before the start of impact (2")
    assert "UTC)" in error


async def test_the_severity_form_proposes_a_level_and_keeps_what_was_typed(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    await office.told("alice", "severity")
    await alice.choose("severity", "3", modal=True)
    await alice.choose("impact", "1", block_id="impact_1", modal=True)
    await alice.until(lambda seen: "Proposed: *SEV2*" in str(seen))
    await alice.choose("impact", "0", block_id="impact_3", modal=True)
    await alice.until(lambda seen: "Proposed: *SEV1*" in str(seen))
    await alice.submit(reason="EU only")
    lowered = await office.stage.shows("alice", "Severity lowered from SEV2 to SEV3: EU only", "Good news")
    assert "How many of them? Many; Is data at risk? Yes: lost, wrong or seen by others" in readable(lowered)


async def test_an_answer_in_the_form_of_a_closed_incident_says_so(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    await office.told("alice", "severity")
    await office.told("bob", "resolve INC-1 Rolled back", "general")
    await alice.choose("impact", "1", block_id="impact_1", modal=True)
    refused = await alice.submit(severity="1")
    assert "INC-1 is resolved" in str(refused)


async def test_a_form_that_slack_does_not_show_anew_can_be_submitted_as_it_is(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    await office.told("alice", "severity")
    await office.driver.fault("error500", method="views.update")
    await alice.choose("impact", "1", block_id="impact_1", modal=True)
    assert "Proposed" not in str(await alice.see())
    await alice.submit(severity="3")
    await office.stage.shows("alice", "Severity lowered from SEV2 to SEV3", "How many of them? Many")


async def test_an_unusual_time_of_a_milestone_is_confirmed_by_a_button(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    answer = await alice.command(office.stage.room, "/incident", "milestone acknowledged 2 h ago pager")
    (asked,) = answer["messages"]
    assert "That is before the declaration" in readable(asked)
    await alice.click("chosen", channel=office.stage.room, ts=asked["ts"])
    await office.stage.shows("alice", "The incident was acknowledged", "pager (recorded by Alice Adams)")
