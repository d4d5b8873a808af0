"""Which incident is meant: the room's own, unless only another is possible. People elsewhere are told where it went."""

import asyncio
from typing import Any

import pytest

from bot.drills.stage import has, readable
from tests.slack.conftest import Office


@pytest.fixture
async def two(office: Office) -> tuple[Office, str, str]:
    """Two open incidents, INC-1 and INC-2, and the channels of their war rooms."""
    first = await office.declare("sev2 Checkout is failing")
    second = await office.declare("sev3 Search is slow")
    return office, first, second


async def timeline(office: Office, number: int) -> str:
    return await office.told("alice", f"timeline INC-{number}:", "random")


async def press(office: Office, message: dict[str, Any], reference: str, channel: str) -> str:
    """Press this incident's button in a question that only Alice sees. Returns what she then reads in its place."""
    alice, ts = office.person("alice"), message["ts"]
    await alice.click("chosen", channel=channel, ts=ts, block_id=reference or None)
    seen = await alice.see(channel)
    return readable(next(each for each in seen["channel"]["messages"] if each["ts"] == ts))


async def asked(office: Office, text: str, channel: str) -> dict[str, Any]:
    answer = await office.person("alice").command(channel, "/incident", text)
    message: dict[str, Any] = answer["messages"][-1]
    return message


@pytest.mark.parametrize("word", ["note", "update"])
async def test_a_sentence_that_begins_with_another_incident_is_about_the_rooms_own(
    two: tuple[Office, str, str], word: str
) -> None:
    office, first, _ = two
    told = await office.told("alice", f"{word} INC-2 is probably the same cause", first)
    assert "Recorded on *INC-1*, whose war room this is. If INC-2 was meant" in told
    assert f"/incident {word} INC-2: is probably the same cause" in told
    assert "INC-2 is probably the same cause" in await timeline(office, 1)
    assert "is probably the same cause" not in await timeline(office, 2)


async def test_before_an_incident_ends_the_bot_asks_which_is_meant(two: tuple[Office, str, str]) -> None:
    office, first, _ = two
    question = await asked(office, "resolve INC-2 rollback brought us back too", first)
    assert has(
        question, "Which one do you mean?", "Resolve INC-1", "Resolve INC-2", "rollback brought us back too"
    )
    assert "resolved" not in await timeline(office, 1)
    assert "resolved" not in await timeline(office, 2)
    told = await press(office, question, "INC-2", first)
    assert "Recorded on *INC-2*" in told
    assert "Incident resolved (triage → resolved): rollback brought us back too" in await timeline(office, 2)
    assert "resolved" not in await timeline(office, 1)


async def test_the_rooms_own_incident_may_be_the_answer(two: tuple[Office, str, str]) -> None:
    office, first, _ = two
    question = await asked(office, "resolve INC-2 rollback brought us back too", first)
    await press(office, question, "INC-1", first)
    assert ": INC-2 rollback brought us back too" in await timeline(office, 1)
    seen = await office.person("alice").see(first)
    assert not any(has(message, "Which one do you mean?") for message in seen["channel"]["messages"])


async def test_a_colon_names_another_incident_and_the_author_is_told(
    two: tuple[Office, str, str],
) -> None:
    office, first, second = two
    told = await office.told("alice", "resolve INC-2: rollback brought us back too", first)
    assert f"Recorded on *INC-2* Search is slow: see <#{second}>" in told
    assert "rollback brought us back too" in await timeline(office, 2)


@pytest.mark.parametrize(
    "words", ["severity INC-2 sev1", "assign INC-2 @bob scribe", "status INC-2 mitigating"]
)
async def test_a_word_without_a_sentence_means_the_incident_that_it_names(
    two: tuple[Office, str, str], words: str
) -> None:
    office, first, _ = two
    before = await timeline(office, 1)
    assert "Recorded on *INC-2*" in await office.told("alice", words, first)
    assert await timeline(office, 1) == before


async def test_the_rooms_own_incident_may_be_named_too(two: tuple[Office, str, str]) -> None:
    office, first, _ = two
    assert await office.told("alice", "note INC-1: Errors began", first) == ""
    assert "Errors began (noted by" in await timeline(office, 1)


async def test_an_unknown_reference_is_part_of_the_sentence(two: tuple[Office, str, str]) -> None:
    office, first, _ = two
    assert await office.told("alice", "note INC-77 of last year was alike", first) == ""
    assert "INC-77 of last year was alike" in await timeline(office, 1)
    assert "There is no INC-77" in await office.told("alice", "severity INC-77 sev1", first)


async def test_text_typed_outside_a_war_room_is_asked_about_and_not_lost(
    two: tuple[Office, str, str],
) -> None:
    office, _, second = two
    question = await asked(office, "update Half of all payments work again", "general")
    assert has(
        question,
        "Which incident is meant?",
        "Update INC-1",
        "Update INC-2",
        "Half of all payments work again",
    )
    told = await press(office, question, "INC-2", "general")
    assert f"Recorded on *INC-2* Search is slow: see <#{second}>" in told
    assert "Half of all payments work again" in await timeline(office, 2)


async def test_a_person_who_submits_a_form_outside_the_room_is_told_where_it_went(
    two: tuple[Office, str, str],
) -> None:
    office, first, _ = two
    alice = office.person("alice")
    await alice.command("general", "/incident", "update INC-1")
    told = await alice.submit(conditions="Half of all payments work again")
    assert "Recorded on *INC-1* Checkout is failing" in readable(told)
    await office.stage.press("alice", "update", await _card(office, first))
    assert "Recorded" not in readable((await alice.submit(conditions="All well")).get("modal") or "")


@pytest.mark.parametrize(
    "typed",
    [
        "update Half of all payments work again",
        "payments half of all payments work again",
        "severity terrible half of all payments work again",
        "note at 25:99 half of all payments work again",
        "assign bob half of all payments work again",
        "declare sev9 half of all payments work again",
        "reopen half of all payments work again",
    ],
)
async def test_a_refusal_returns_the_typed_text(office: Office, typed: str) -> None:
    assert f"/incident {typed}" in await office.told("alice", typed, "random")
    await office.declare()
    if not typed.startswith("update"):
        assert f"/incident {typed}" in await office.told("alice", typed)


async def test_a_time_long_ago_is_noted_once_it_is_confirmed(office: Office) -> None:
    room = await office.declare()
    question = await asked(office, "note at 2020-01-01 10:00 utc the certificate was made", room)
    assert has(question, "days before INC-1 was declared. Is the date right?", "It is right: note")
    assert "Recorded: the war room shows it." in await press(office, question, "", room)
    assert "the certificate was made" in await timeline(office, 1)


async def test_a_message_marked_outside_a_war_room_is_asked_about_and_then_noted(
    two: tuple[Office, str, str],
) -> None:
    office, _, second = two
    alice = office.person("alice")
    said = await alice.say("general", "The certificate expired")
    await alice.react("general", said["messages"][-1]["ts"], "pushpin")
    words = "To which incident does that message belong?"
    question = await office.stage.shows("alice", words, channel="general")
    assert [has(question, f"Add to INC-{n}") for n in (1, 2)] == [True, True]
    told = await press(office, question, "INC-2", "general")
    assert "Added to the timeline" in told
    assert f"see <#{second}>" in told
    async with asyncio.timeout(10):
        while "The certificate expired" not in await timeline(office, 2):
            await office.driver.traffic()


async def _card(office: Office, room: str) -> dict[str, Any]:
    office.stage.room = room
    return await office.stage.card("Post update")


async def test_a_person_who_acts_on_an_unreachable_room_is_told_so(two: tuple[Office, str, str]) -> None:
    office, first, _ = two
    await office.person("alice").archive(first)
    await office.told("alice", "update INC-1: half of it works", "general")
    async with asyncio.timeout(10):
        while "I cannot show it in the war room of *INC-1*: Slack says" not in (
            told := await office.told("alice", "severity INC-1 sev3", "general")
        ):
            await office.told("alice", "severity INC-1 sev2", "general")
    assert "Unarchive the channel" in told
