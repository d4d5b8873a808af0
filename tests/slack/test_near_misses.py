"""Near misses over the wire: reported with a name and without one, answered, promoted, changed and taken back."""

import json
import logging

import pytest
from structlog.testing import capture_logs

from bot.drills.stage import has, readable
from bot.engine.store import transfer
from tests.slack.conftest import Office
from tests.slack.test_tasks import direct

TITLE = "The cleanup script was started on the live database"
CAUGHT = "The password was another one"


async def report(office: Office, by: str, title: str = TITLE, *, nameless: bool = False) -> str:
    """Report one by the command. Returns what takes the form's place."""
    person = office.person(by)
    await person.command("general", "/incident", f"nearmiss {title}")
    await person.submit(summary=CAUGHT, name=["nameless"] if nameless else [])
    return readable((await person.see())["modals"])


async def everything_stored(office: Office) -> str:
    """All rows of all tables."""
    async with office.app.database.reading() as session:
        return "".join([line async for line in transfer.export(session, None, lambda _: None)])


async def announced(office: Office, *words: str, by: str = "alice") -> dict:  # type: ignore[type-arg]  # what the stage gives
    return await office.stage.shows(by, *words, channel="incidents")


async def test_whoever_reports_one_is_thanked_at_once_and_sees_what_is_stored(office: Office) -> None:
    thanked = await report(office, "bob")
    assert "This is stored as *NM-1*" in thanked
    assert TITLE in thanked
    assert CAUGHT in thanked
    assert "you are told privately" in thanked
    seen = readable(await announced(office, "NM-1", TITLE, CAUGHT))
    assert f"reported by <@{office.sandbox.users['bob']}>" in seen


async def test_the_form_says_who_can_read_it_and_has_what_was_typed(office: Office) -> None:
    (form,) = (await office.person("bob").command("general", "/incident", "nearmiss wrong flag"))["modals"]
    assert "Everybody here can read it" in readable(form)
    assert "wrong flag" in json.dumps(form)


async def test_a_global_shortcut_opens_the_form(office: Office) -> None:
    bob = office.person("bob")
    await bob.shortcut("nearmiss")
    await bob.submit(title=TITLE)
    assert "This is stored as *NM-1*" in readable((await bob.see())["modals"])


async def test_somebody_answers_it_and_the_reporter_is_told(office: Office) -> None:
    await report(office, "bob")
    post = await announced(office, "NM-1")
    carol = office.person("carol")
    await carol.click("nearmiss_answer", channel="incidents", ts=post["ts"])
    await carol.submit(answer="The script asks for the database now")
    assert "*NM-1* is answered, and" in readable((await carol.see())["modals"])
    await direct(office, "bob", "answered your near miss *NM-1*", "The script asks for the database now")
    await announced(office, "NM-1", ":white_check_mark:", "The script asks for the database now")
    shown = await office.told("erin", "nearmiss NM-1", "general")
    assert "*Answered by" in shown
    assert "The script asks for the database now" in shown


async def test_it_becomes_an_incident_and_both_say_so(office: Office) -> None:
    await report(office, "bob")
    post = await announced(office, "NM-1")
    carol = office.person("carol")
    opened = await carol.click("nearmiss_promote", channel="incidents", ts=post["ts"])
    assert f"Near miss: {TITLE}" in json.dumps(opened["modals"])
    assert CAUGHT in json.dumps(opened["modals"])
    await carol.submit(severity="3")
    await announced(office, "NM-1", "became *INC-1*")
    await direct(office, "bob", "made your near miss *NM-1* an incident: *INC-1*")
    timeline = await office.told("alice", "timeline INC-1", "general")
    assert "which was NM-1" in timeline
    again = await office.told("alice", "nearmiss NM-1", "general")
    assert "became *INC-1*" in again


async def test_one_that_is_over_is_recorded_without_a_war_room(office: Office) -> None:
    await report(office, "bob")
    post = await announced(office, "NM-1")
    carol = office.person("carol")
    await carol.click("nearmiss_promote", channel="incidents", ts=post["ts"])
    await carol.submit(severity="4", over=["over"])
    await carol.submit()
    await announced(office, "NM-1", "became *INC-1*")


async def test_of_a_private_incident_nothing_is_said(office: Office) -> None:
    await report(office, "bob")
    post = await announced(office, "NM-1")
    carol = office.person("carol")
    await carol.click("nearmiss_promote", channel="incidents", ts=post["ts"])
    await carol.submit(severity="3", private=["private"])
    assert "INC-1" in await office.told("carol", "list", "general")
    assert "INC-1" not in await office.told("bob", "nearmiss NM-1", "general")
    assert "INC-1" not in readable(await announced(office, "NM-1"))


async def test_its_reporter_changes_it_takes_it_back_and_brings_it_back(office: Office) -> None:
    await report(office, "bob")
    bob = office.person("bob")

    async def press(action: str) -> str:
        shown = await bob.command("general", "/incident", "nearmiss NM-1")
        after = await bob.click(action, channel="general", ts=shown["messages"][-1]["ts"])
        return readable([after["messages"], after["modals"]])

    await bob.close(everything=True)
    await press("nearmiss_change")
    await bob.submit(title="The cleanup script was started on the wrong database")
    await announced(office, "started on the wrong database", "changed since")
    await bob.close(everything=True)
    assert "is taken back" in await press("nearmiss_withdraw")
    gone = await announced(office, "NM-1 was taken back")
    assert "cleanup" not in readable(gone)
    assert "No near miss is reported yet" in await office.told("alice", "nearmisses", "general")
    assert "may not see it" in await office.told("alice", "nearmiss NM-1", "general")
    assert "NM-1" in await office.told("bob", "nearmisses mine", "general")
    assert "counts again" in await press("nearmiss_restore")
    await announced(office, "started on the wrong database")


async def test_others_do_not_change_it_and_the_list_has_pages(office: Office) -> None:
    for number in range(9):
        await report(office, "bob", f"Sensor {number} was read wrongly")
    first = await office.person("alice").command("general", "/incident", "nearmisses")
    assert "9 near misses" in readable(first["messages"])
    assert "Sensor 0 " not in readable(first["messages"])
    second = await office.person("alice").click(
        "nearmisses_more", channel="general", ts=first["messages"][-1]["ts"]
    )
    assert "Sensor 0 was read wrongly" in readable(second["messages"])
    found = await office.told("alice", "nearmisses sensor 7", "general")
    assert "1 near miss about “sensor 7”" in found
    assert "No near miss is about “unicorn”" in await office.told("alice", "nearmisses unicorn", "general")


async def test_similar_earlier_ones_are_named(office: Office) -> None:
    await report(office, "bob")
    await office.told("bob", "list", "general")  # his profile is known then
    thanked = await report(office, "bob", "Again the cleanup script, on the live database")
    assert "Similar ones before it" in thanked
    assert "*NM-1* The cleanup script" in thanked
    await announced(office, "NM-2", "similar to NM-1")


async def test_a_guest_reports_but_reads_none_of_others(office: Office) -> None:
    await report(office, "bob")
    alice, dave = office.person("alice"), office.person("dave")
    await alice.change_role("dave", "guest")
    await office.told("dave", "list", "general")
    thanked = await report(office, "dave", "The cleanup script on the live database, again")
    assert "NM-2" in thanked
    assert TITLE not in thanked
    listed = await office.told("dave", "nearmisses", "general")
    assert TITLE not in listed
    assert "1 near miss of yours" in listed
    assert "may not see it" in await office.told("dave", "nearmiss NM-1", "general")
    await dave.close(everything=True)


@pytest.mark.parametrize("from_shortcut", [False, True])
async def test_nothing_that_is_stored_or_logged_tells_who_has_sent_one_without_a_name(
    office: Office,
    from_shortcut: bool,  # noqa: FBT001  # pytest's way
    caplog: pytest.LogCaptureFixture,
) -> None:
    erin = office.person("erin")
    who = office.sandbox.users["erin"]
    assert who not in await everything_stored(office), "nothing is known of them before"
    with capture_logs() as logs, caplog.at_level(logging.DEBUG, "bot"):
        if from_shortcut:
            await erin.shortcut("nearmiss")
            await erin.submit(title=TITLE, summary=f"<@{who}> saw it", name=["nameless"])
        else:
            await report(office, "erin", nameless=True)
        thanked = readable((await erin.see())["modals"])
        assert "Nobody knows that it was you" in thanked
        post = await announced(office, "NM-1", "reported without a name")
        assert who not in json.dumps(post)
        carol = office.person("carol")
        await carol.click("nearmiss_answer", channel="incidents", ts=post["ts"])
        await carol.submit(answer="The script asks for the database now")
        await announced(office, "NM-1", ":white_check_mark:")
        await office.app.engine.deliverer.drain()
        stored = await everything_stored(office)
    assert "NearMissReported" in stored
    assert who not in stored
    assert logs
    assert who not in json.dumps(logs, default=str)
    assert who not in caplog.text
    seen = await erin.see()
    assert not [each for each in seen["channels"] if seen["app"]["name"] in each["name"]], "no direct message"


async def test_in_the_window_that_thanks_it_can_be_taken_back_without_a_name(office: Office) -> None:
    await report(office, "erin", nameless=True)
    erin = office.person("erin")
    await announced(office, "NM-1")
    after = await erin.click("nearmiss_undo", modal=True)
    assert "is taken back" in readable(after["modals"])
    await announced(office, "NM-1 was taken back")
    assert office.sandbox.users["erin"] not in await everything_stored(office)
    assert has(await announced(office, "NM-1 was taken back"), "NM-1")
