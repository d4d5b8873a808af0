"""Updates over the wire: one message for what was done in one go, a preview, a text for customers, nothing lost."""

from typing import Any

from bot.drills.stage import has, readable
from tests.slack.conftest import Office


async def _news(office: Office) -> list[str]:
    """The messages about updates and changes in the war room."""
    seen = await office.person("alice").see(office.stage.room)
    told = ("Status update", "Severity raised", "Status changed", "No change")
    return [readable(each) for each in seen["channel"]["messages"] if any(has(each, words) for words in told)]


async def _form(office: Office, name: str) -> dict[str, Any]:
    """The form that this person sees."""
    seen = await office.person(name).see()
    view: dict[str, Any] = seen["modals"][-1]
    return view


async def test_an_update_with_changes_is_one_message_in_the_room_and_one_reply_for_stakeholders(
    office: Office,
) -> None:
    await office.declare("sev2 Checkout is failing")
    alice = office.person("alice")
    await office.told("alice", "update")
    await alice.submit(
        conditions="Half of all payments fail", severity="1", status="mitigating", next_in="10"
    )
    await office.stage.shows(
        "alice", "Status update", "SEV2 → *SEV1*", "triage → *mitigating*", "Next update by"
    )
    await office.stage.card("SEV1", "mitigating", "Half of all payments fail")
    assert len(await _news(office)) == 1
    announcement = await office.stage.shows("frank", "Checkout is failing", channel="incidents")
    thread = await office.person("frank").until(
        lambda seen: [each for each in seen["thread"]["messages"] if has(each, "SEV2 → *SEV1*")],
        "incidents",
        thread=announcement["ts"],
    )
    assert len(thread) == 1


async def test_the_preview_is_shown_over_the_form_and_what_was_typed_stays(office: Office) -> None:
    await office.declare("sev2 Checkout is failing")
    alice = office.person("alice")
    await office.told("alice", "update")
    await alice.choose("conditions", "Half of all payments fail", modal=True)
    await alice.choose("severity", "1", modal=True)
    await alice.click("preview_update", modal=True)
    assert "SEV2 → *SEV1*" in readable((await _form(office, "alice"))["blocks"])
    assert await _news(office) == []
    await alice.close()
    view = await _form(office, "alice")
    assert view["state"]["values"]["conditions"]["conditions"]["value"] == "Half of all payments fail"
    await alice.submit()
    await office.stage.shows("alice", "Status update", "SEV2 → *SEV1*", "Half of all payments fail")


async def test_if_slack_does_not_show_the_preview_the_form_says_so_and_keeps_what_was_typed(
    office: Office,
) -> None:
    await office.declare("sev2 Checkout is failing")
    alice = office.person("alice")
    await office.told("alice", "update")
    await alice.choose("conditions", "Half of all payments fail", modal=True)
    await office.driver.fault("error500", method="views.push")
    await alice.click("preview_update", modal=True)
    view = await _form(office, "alice")
    assert "Slack did not open the form" in readable(view["blocks"])
    assert view["state"]["values"]["conditions"]["conditions"]["value"] == "Half of all payments fail"


async def test_half_written_text_is_there_when_the_form_is_opened_again(office: Office) -> None:
    await office.declare("sev2 Checkout is failing")
    alice = office.person("alice")
    await office.told("alice", "update")
    for text in ("Half", "Half of all pay"):
        await alice.choose("conditions", text, modal=True)
    await alice.close()
    await office.told("alice", "update")
    view = await _form(office, "alice")
    assert view["state"]["values"]["conditions"]["conditions"]["value"] == "Half of all pay"
    await alice.close()
    await office.told("alice", "assign @bob deputy")
    await office.stage.shows("bob", "became Deputy")
    await office.told("bob", "update")
    view = await _form(office, "bob")
    assert not view["state"]["values"]["conditions"]["conditions"]["value"], "it is Alice's"


async def test_the_text_for_customers_is_shown_only_to_the_person_who_posts_the_update(
    office: Office,
) -> None:
    await office.declare("sev2 Checkout is failing")
    alice = office.person("alice")
    await office.told("alice", "update")
    await alice.submit(conditions="Some payments fail", audiences=["room", "public"])
    view = await _form(office, "alice")
    assert "Investigating: Some payments fail" in readable(view["blocks"])
    await office.stage.shows("alice", "Status update", "Some payments fail")
    assert not any("Investigating" in each for each in await _news(office))


async def test_a_refused_update_keeps_the_form_open_with_the_reason(office: Office) -> None:
    await office.declare("sev1 Checkout is failing")
    alice = office.person("alice")
    await office.told("alice", "update")
    await alice.submit(conditions="Some payments fail", next_in="30")
    seen = await alice.see()
    assert "an update is due every 15 min" in seen["field_errors"]["next_in"]
    assert await _news(office) == []


async def test_past_updates_are_a_private_answer_in_pages(office: Office) -> None:
    await office.declare("sev2 Checkout is failing")
    for at in range(7):
        await office.told("alice", f"update text {at}")
    answer = await office.person("alice").command(office.stage.room, "/incident", "updates")
    *_, message = answer["messages"]  # the answer to the last update may come with it
    assert "text 6" in readable(message)
    assert "text 1" not in readable(message)
    again = await office.person("alice").click("past_updates", channel=office.stage.room, ts=message["ts"])
    assert "text 1" in readable(again["messages"])


async def test_snooze_asks_for_a_reason_and_says_what_to_do_the_third_time(office: Office) -> None:
    await office.declare("sev2 Checkout is failing")
    for _ in range(2):
        await office.told("alice", "snooze")
        await office.person("alice").submit(reason="the rollback ends soon")
    assert "press No change" in await office.told("alice", "snooze once more")


async def test_an_answer_to_a_press_within_the_form_stands_above_what_was_typed(office: Office) -> None:
    alice, bob = office.person("alice"), office.person("bob")
    await alice.command("general", "/incident", "declare Payroll data was read")
    await alice.submit(severity="1", private=["private"])
    room = await alice.until(
        lambda seen: next((c["id"] for c in seen["channels"] if c["name"].startswith("inc-1")), None)
    )
    await alice.invite(room, "bob")
    await bob.command(room, "/incident", "update")
    await bob.choose("conditions", "Half of it", modal=True)
    await alice.remove(room, "bob")
    await office.sandbox.courier.settle()  # the bot has heard of it
    for _ in range(2):  # the second answer takes the place of the first
        await bob.click("preview_update", modal=True)
    view = await _form(office, "bob")
    assert readable(view["blocks"]).count("This belongs to no incident any more") == 1
    assert view["state"]["values"]["conditions"]["conditions"]["value"] == "Half of it"
