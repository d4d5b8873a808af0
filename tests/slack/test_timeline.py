"""The timeline over the wire: pages in place, corrections on a phone, and a file for whoever asks."""

import asyncio

from bot.drills.stage import download, has, latest, readable
from tests.slack.conftest import Office


async def shown(office: Office, words: str) -> str:
    """The text of the war room's message with these words, as soon as Alice sees it."""

    def find(seen: dict[str, object]) -> str | None:
        found = latest(seen, lambda message: has(message, words))
        return readable(found) if found else None

    text: str = await office.person("alice").until(find, office.stage.room)
    return text


async def test_pages_are_turned_in_the_private_answer_itself(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    for turn in range(1, 18):
        await office.told("alice", f"note turn {turn}.")
    told = await alice.command(office.stage.room, "/incident", "timeline notes")
    ts = told["messages"][-1]["ts"]
    assert "turn 17." in readable(told["messages"])
    await alice.click("timeline_earlier", channel=office.stage.room, ts=ts)
    page = latest(await alice.see(office.stage.room), lambda message: message["ts"] == ts)
    assert page
    assert has(page, "turn 1.", "Entries 1 to 2 of 17")
    assert not has(page, "turn 17.")


async def test_a_note_is_corrected_with_its_button_and_its_message_is_edited(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    await office.told("alice", "note Errors began")
    told = await alice.command(office.stage.room, "/incident", "timeline")
    await alice.click("correct_entry", channel=office.stage.room, ts=told["messages"][-1]["ts"])
    done = await alice.submit(text="Errors rose")
    assert "is corrected" in readable(done["modals"])
    assert "corrected by" in await shown(office, "Errors rose")
    assert "Errors began" not in await office.told("alice", "timeline")
    assert "Errors began" in await office.told("alice", "timeline 2")


async def test_a_struck_note_comes_back_with_undo(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    await office.told("alice", "note Errors began")
    struck = await alice.command(office.stage.room, "/incident", "strike 2 wrong incident")
    await shown(office, "was struck by")
    await alice.click("unstrike", channel=office.stage.room, ts=struck["messages"][-1]["ts"])
    assert "Errors began" in await shown(office, "Errors began")


async def test_an_export_comes_in_a_direct_message(office: Office) -> None:
    await office.declare("sev2 =Checkout is failing")
    await office.told("alice", "note =1+1")
    assert "direct message" in await office.told("alice", "timeline export csv")
    alice = office.person("alice")
    async with asyncio.timeout(10):
        while not (files := (await alice.see())["files"]):
            await office.driver.traffic()
    direct = next(each["id"] for each in (await alice.see())["channels"] if each["id"].startswith("D"))
    messages = (await alice.see(direct))["channel"]["messages"]
    assert any(has(each, "The timeline of *INC-1*", "2 entries") for each in messages)
    (file,) = files
    assert file["title"] == "INC-1 timeline"
    assert ",'=1+1," in await download(next(each for each in messages if each.get("files")))
    assert not (await office.person("bob").see())["files"]


async def test_the_words_of_a_secret_leave_slack_and_whoever_asked_hears_what_stays(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    await office.told("alice", "note The key is hunter2")
    await shown(office, "hunter2")
    told = await alice.command(office.stage.room, "/incident", "timeline")
    await alice.click("correct_entry", channel=office.stage.room, ts=told["messages"][-1]["ts"])
    done = await alice.submit(what="secret")
    assert "removed from the timeline, for good" in readable(done["modals"])
    assert "What I cannot reach" in readable(done["modals"])
    await shown(office, "removed the words of this note")
    seen = (await office.person("alice").see(office.stage.room))["channel"]["messages"]
    stay = [each for each in seen if has(each, "hunter2")]
    assert {each["ts"] for each in stay} <= {told["messages"][-1]["ts"]}, "only Alice's own list has it"
