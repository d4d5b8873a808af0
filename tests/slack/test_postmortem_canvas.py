"""The postmortem is written in a canvas, over the wire: read back, compared, and nothing lost."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from bot.drills.stage import readable
from bot.incident.store import header
from tests.slack.conftest import Office, Town
from tests.slack.test_head_of_the_room import bot_with

POLICY = "canvas: no\n"


async def over(office: Office) -> None:
    """An incident that is resolved, with a text that somebody wrote in Slack."""
    await office.declare()
    await office.told("alice", "resolve fixed by a rollback")
    await write(office, "summary", "Half of the orders failed\n- for EU customers\n- for an hour")


async def write(office: Office, section: str, text: str, by: str = "alice") -> None:
    """Write a section in its form."""
    await office.person(by).command(office.stage.room, "/incident", f"postmortem edit {section}")
    await submit(office, text, by)


async def submit(office: Office, text: str, by: str = "alice") -> None:
    """Send the form that is open."""
    person = office.person(by)
    view = (await person.see())["modals"][-1]
    field = next(block for block in view["blocks"] if block["type"] == "input")
    await person.submit(**{field["block_id"]: text})
    await person.close(everything=True)


async def message(office: Office, *words: str, by: str = "alice") -> dict[str, Any]:
    """The last message in the room that says this."""

    def find(seen: dict[str, Any]) -> dict[str, Any] | None:
        found = [
            each for each in seen["channel"]["messages"] if all(word in readable(each) for word in words)
        ]
        return found[-1] if found else None

    found: dict[str, Any] = await office.person(by).until(find, office.stage.room)
    return found


async def the_canvas(office: Office) -> dict[str, Any]:
    """The canvas of the draft, as alice sees it."""
    await message(office, "has made a canvas")
    canvases = (await office.person("alice").see(office.stage.room))["canvases"]
    (found,) = [each for each in canvases if "draft" in each["title"]]
    return dict(found)


async def markdown(office: Office, *words: str, without: str = "") -> str:
    """What the canvas says, as soon as it says this."""

    def find(seen: dict[str, Any]) -> str | None:
        texts = [each["markdown"] for each in seen["canvases"] if "draft" in each["title"]]
        found = [
            each
            for each in texts
            if all(word in each for word in words) and not (without and without in each)
        ]
        return found[0] if found else None

    found: str = await office.person("alice").until(find, office.stage.room)
    return found


async def edited(office: Office, old: str, new: str) -> None:
    """Somebody replaces words in the canvas."""
    canvas = await the_canvas(office)
    assert old in canvas["markdown"]
    await office.person("alice").edit_canvas(canvas["id"], canvas["markdown"].replace(old, new))


async def sections(office: Office) -> str:
    """What `/incident postmortem edit` shows."""
    answer = await office.person("alice").command(office.stage.room, "/incident", "postmortem edit")
    await office.person("alice").close(everything=True)
    return str(answer["modals"])


async def click(office: Office, action: str, *words: str) -> dict[str, Any]:
    """Press a button of the last message that says this."""
    found = await message(office, *words)
    return await office.person("alice").click(action, channel=office.stage.room, ts=found["ts"])


async def later(office: Office, holds: Callable[[dict[str, Any]], bool]) -> None:
    """Let time pass until this holds."""
    async with asyncio.timeout(10):
        while not holds(await office.person("alice").see(office.stage.room)):
            await office.driver.advance(10)


LESSONS = "_What do we know now that we did not know before?_"


async def test_what_is_written_in_the_canvas_becomes_a_version(town: Town) -> None:
    async with bot_with(town, POLICY) as office:
        await over(office)
        await office.told("alice", "postmortem canvas")
        canvas = await the_canvas(office)
        assert "## Summary\n\nHalf of the orders failed" in canvas["markdown"]
        assert f"## Lessons\n\n{LESSONS}" in canvas["markdown"]
        shared = {key: level for key, level in canvas["access"].items() if level != "owner"}
        assert shared == {office.stage.room: "write"}
        await edited(office, LESSONS, "Test the **rollback**\n\n## Costs\n\n100 orders")
        assert "Reading the canvas" in await office.told("alice", "postmortem canvas take")
        told = readable(await message(office, "took over from the canvas"))
        assert "“Lessons”, “More”" in told
        assert "headings of your own is under “More”: Costs" in told
        assert "Test the rollback" in await sections(office)
        await office.told("alice", "postmortem canvas take")
        await message(office, "found nothing new in the canvas")
        assert "has a canvas already" in await office.told("alice", "postmortem canvas")
        links = {each["title"]: each["link"] for each in (await seen(office))["bookmarks"]}
        assert links["Write the postmortem"].endswith(canvas["id"])


async def seen(office: Office) -> dict[str, Any]:
    """The room."""
    return dict((await office.person("alice").see(office.stage.room))["channel"])


async def test_what_was_changed_in_both_places_is_shown_in_both_texts(town: Town) -> None:
    async with bot_with(town, POLICY) as office:
        await over(office)
        await office.told("alice", "postmortem canvas")
        await edited(office, "Half of the orders failed", "A third of the orders failed")
        await write(office, "summary", "All of the orders failed")
        await office.told("alice", "postmortem canvas take")
        await message(office, "was changed in the canvas, and in Slack as well")
        assert "All of the orders failed" in await sections(office)
        opened = await click(office, "postmortem_canvas_compare_summary", "and in Slack as well")
        form = str(opened["modals"])
        assert "All of the orders failed" in form
        assert "A third of the orders failed\\n\\n- for EU customers" in form
        await submit(office, "Most of the orders failed")
        text = await markdown(office, "Most of the orders failed", without="A third")
        assert "for EU customers" not in text
        assert text.count("## Summary") == 1
        told = await message(office, "found nothing new in the canvas")
        assert "and in Slack as well" not in readable(told)


async def test_what_is_written_in_slack_goes_into_the_canvas_where_nobody_changed_it(town: Town) -> None:
    async with bot_with(town, POLICY) as office:
        await over(office)
        await office.told("alice", "postmortem canvas")
        await edited(office, LESSONS, "Test it")
        await write(office, "summary", "All failed\n\nfor an hour\nor two")
        await write(office, "impact", "100 customers")
        text = await markdown(office, "All failed", "100 customers", without="Half of")
        assert "Test it" in text
        await office.told("alice", "postmortem canvas take")
        assert "“Lessons”." in readable(await message(office, "took over from the canvas"))


async def test_an_emptied_canvas_takes_nothing_away(town: Town) -> None:
    async with bot_with(town, POLICY) as office:
        await over(office)
        await write(office, "impact", "100 customers")
        await office.told("alice", "postmortem canvas")
        canvas = await the_canvas(office)
        await office.person("alice").edit_canvas(canvas["id"], "")
        await office.told("alice", "postmortem review")
        told = await message(office, "is empty in the canvas, or its heading is gone")
        assert "It was not sent to review.* Somebody must say first which text counts." in readable(told)
        assert "Half of the orders failed" in await sections(office)
        await click(office, "postmortem_canvas_back_summary", "is empty in the canvas")
        await markdown(office, "## Summary", "Half of the orders failed", "- for EU customers")
        await click(office, "postmortem_canvas_as_it_is_impact", "is empty in the canvas")
        assert "100 customers" not in await sections(office)
        await office.told("alice", "postmortem review")
        await message(office, "Postmortem sent to review")


async def test_a_deleted_canvas_takes_nothing_away_and_another_one_can_be_made(town: Town) -> None:
    async with bot_with(town, POLICY) as office:
        await over(office)
        await office.told("alice", "postmortem canvas")
        await office.person("alice").delete_canvas((await the_canvas(office))["id"])
        await office.told("alice", "postmortem publish")
        assert "is a draft" in await office.told("alice", "postmortem publish")
        await office.told("alice", "postmortem review")
        told = readable(await message(office, "was deleted"))
        assert "nothing was taken over and nothing was sent to review" in told
        await click(office, "postmortem_canvas_leave", "was deleted")
        await message(office, "goes on without its canvas")
        await office.told("alice", "postmortem canvas")
        await markdown(office, "Half of the orders failed")


async def test_publishing_reads_the_canvas_and_shows_the_document_in_one_that_is_only_read(
    town: Town,
) -> None:
    async with bot_with(town, "") as office:
        await over(office)
        await office.told("alice", "postmortem canvas")
        draft = (await the_canvas(office))["id"]
        await office.told("alice", "postmortem review")
        await message(office, "Postmortem sent to review")
        await office.person("bob").join(office.stage.room)
        await office.told("bob", "postmortem approve")
        await edited(office, LESSONS, "Test it")
        await office.told("alice", "postmortem publish")
        await later(office, lambda now: "Postmortem published" in str(now["channel"]["messages"]))
        await later(office, lambda now: "Write the postmortem" not in str(now["channel"]["bookmarks"]))

        def find(now: dict[str, Any]) -> dict[str, Any] | None:
            by_title = {each["title"]: each for each in now["canvases"]}
            is_closed = by_title["INC-1 postmortem draft"]["access"][office.stage.room] == "read"
            return by_title if "INC-1 postmortem" in by_title and is_closed else None

        canvases = await office.person("alice").until(find, office.stage.room)
        published = canvases["INC-1 postmortem"]
        assert "Test it" in published["markdown"]
        assert "## Timeline" in published["markdown"]
        assert published["access"][office.stage.room] == "read"
        assert canvases["INC-1 postmortem draft"]["id"] == draft

        def marked(now: dict[str, Any]) -> dict[str, str] | None:
            links = {each["title"]: each["link"] for each in now["channel"]["bookmarks"]}
            return links if "Postmortem" in links and "Write the postmortem" not in links else None

        links = await office.person("alice").until(marked, office.stage.room)
        assert links["Postmortem"].endswith(published["id"])


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ({"error": "free_teams_cannot_create_standalone_canvases"}, "has no canvases but those of channels"),
        ({"error": "restricted_action"}, "Slack says restricted_action. A workspace setting forbids it"),
        ({"fault": "missing_scope", "error": None}, "the app lacks the right to canvases"),
    ],
)
async def test_where_slack_makes_no_canvas_the_sections_are_written_in_forms(
    town: Town, fault: dict[str, Any], said: str
) -> None:
    async with bot_with(town, POLICY) as office:
        await over(office)
        await office.driver.fault(**{"fault": "refuse", "method": "canvases.create", **fault})
        await office.told("alice", "postmortem canvas")
        told = readable(await message(office, "There is no canvas for the postmortem"))
        assert said in told
        assert "`/incident postmortem edit`" in told
        assert "has no canvas" in await office.told("alice", "postmortem canvas take")
        async with office.app.database.reading() as session:
            refused = await header.refused(session, [office.app.team])
        assert [each.feature for each in refused] == [header.DRAFT_CANVAS]


async def test_a_canvas_that_cannot_be_read_stops_nothing_for_ever(town: Town) -> None:
    async with bot_with(town, POLICY) as office:
        await over(office)
        await office.told("alice", "postmortem canvas")
        await edited(office, LESSONS, "Test it")
        await office.driver.fault(fault="missing_scope", method="canvases.getContent", count=1)
        await office.told("alice", "postmortem canvas take")
        await message(office, "I cannot read the canvas", "reinstall")
        await office.driver.fault(fault="ratelimited", method="canvases.getContent", count=1, retry_after=1)
        await click(office, "postmortem_canvas_take", "I cannot read the canvas")
        await later(
            office, lambda now: "took over from the canvas: “Lessons”" in str(now["channel"]["messages"])
        )


async def test_a_locked_canvas_is_written_later(town: Town) -> None:
    async with bot_with(town, POLICY) as office:
        await over(office)
        await office.told("alice", "postmortem canvas")
        await the_canvas(office)
        await office.driver.fault(
            fault="refuse", method="canvases.edit", error="canvas_editing_locked", count=1
        )
        await write(office, "summary", "All failed")
        await later(office, lambda now: "All failed" in str(now["canvases"]))
        await markdown(office, "All failed", without="Half of")


async def test_a_private_incidents_canvas_is_shared_with_its_room_alone(town: Town) -> None:
    async with bot_with(town, POLICY) as office:
        alice = office.person("alice")
        await alice.command("general", "/incident", "declare Key leaked")
        await alice.submit(severity="1", private=["private"])
        office.stage.room = await alice.until(
            lambda now: next((c["id"] for c in now["channels"] if "key-leaked" in c["name"]), None)
        )
        await office.stage.card("Key leaked")
        await office.told("alice", "resolve fixed by a rollback")
        await office.told("alice", "postmortem canvas")
        canvas = await the_canvas(office)
        assert "Key" not in canvas["title"]
        assert (await office.person("bob").see())["canvases"] == []
