"""Whichever call fails in whichever way: the incident continues, people are told, and Slack is correct in the end."""

import copy
import re
from pathlib import Path
from typing import Any

import pytest

from bot.ports.slack.port import SLACK
from bot.sandbox.driver import ActionFailed
from bot.slack.connection import Timeouts
from tests.patience import UNHURRIED
from tests.resilience.conftest import Opened
from tests.resilience.failures import FAILURES, OUTAGE, Failure, impossible
from tests.resilience.faulty_office import WAIT, FaultyOffice
from tests.resilience.uses import ELSEWHERE, START, USES, Use
from tests.slack.test_manifest import _called

LOST = 3.0  # seconds of real time after which a missing act counts as lost
SHORT = Timeouts(call=0.3, answer=0.3, optional=0.3)
# There is no warning in the room about things that nobody misses, or that the person is told in another way.
UNTOLD = {
    "users.info(name)": "a name appears as an id until it is known",
    "chat.getPermalink": "a note without link is better than none",
    "views.update": "who declared is invited into the room; the form only says so earlier",
    "response_url(link)": "likewise",
    "conversations.history(in doubt)": "it is sent again: better perhaps twice than surely never",
    "bookmarks.add": "the card has the links, and doctor says why there are no bookmarks",
    "bookmarks.edit": "likewise",
    "conversations.canvases.create": "nobody waits for the canvas, and doctor says why there is none",
    "canvases.edit": "likewise",
    "dnd.info": "without it nobody is told of do-not-disturb, and doctor says so",
    "chat.delete": "the reminder says that it is over, or goes when it can",
    "chat.postMessage(card)": "without messages, only answers are left: test_who_is_told.py",
    "chat.postMessage(news)": "likewise",
}
MISSED = "While this room could not be reached"
EVENTS = [each for each in FAILURES if each.name.startswith("event")]
_calm: dict[str, dict[str, Any]] = {}


async def _begin(office: FaultyOffice, use: Use) -> None:
    if use.prepare:
        await use.prepare(office)
        await office.settle()


async def _act(office: FaultyOffice, use: Use) -> str:
    """What the person is told at once: by the app, or by Slack if the app could not."""
    try:
        return await use.act(office)
    except ActionFailed as told:
        return str(told)


async def _undisturbed(use: Use, open_office: Opened) -> dict[str, Any]:
    if str(use) not in _calm:
        async with open_office("calm") as office:
            await _begin(office, use)
            await _act(office, use)
            await office.settle()
            _calm[str(use)] = await office.picture()
    return copy.deepcopy(_calm[str(use)])


def _forgiven(picture: dict[str, Any], use: Use, failure: Failure) -> dict[str, Any]:
    """The picture without the parts that cannot be recovered."""
    lasting = failure.mend is not None
    if (
        lasting and use.method == "chat.getPermalink"
    ):  # a note that was read without its link stays without it
        picture["timeline"] = [text.removesuffix(" (linked)") for text in picture["timeline"]]
    if lasting and use.method == "users.conversations":  # the server never lists the rooms
        picture["rooms"] = [room for room in picture["rooms"] if room["topic"]]
        for room in picture["rooms"]:
            room["name"] = room["name"].removesuffix("-2")
    if lasting and str(use) == "conversations.history(in doubt)":  # nobody can check whether it is there
        for room in picture["rooms"]:
            room["messages"] = list(dict.fromkeys(room["messages"]))
    if lasting and use.method == "chat.delete":  # if it cannot be deleted, it says that it is closed
        for room in picture["rooms"]:
            room["messages"] = [text for text in room["messages"] if "Commander reminder" not in text]
    return picture


def _caught_up(shown: dict[str, Any], expected: dict[str, Any]) -> dict[str, Any]:
    """The picture as if the room had been told at once, and not later in one message with the same facts."""
    for room, wanted in zip(shown["rooms"], expected["rooms"], strict=False):
        late = [message for message in room["messages"] if MISSED in message]
        in_time = [message for message in room["messages"] if message not in late]
        lines = {line for message in late for line in message.splitlines() if line.startswith("•")}
        absent = [message for message in wanted["messages"] if message not in in_time]
        if late and len(lines) == len(absent):
            facts = [
                re.escape(fact).replace("…", ".+") for fact in shown["timeline"]
            ]  # people by name or mention
            assert all(any(re.search(fact, line) for fact in facts) for line in lines), lines
            room["messages"] = [
                message for message in wanted["messages"] if message in absent or message in in_time
            ]
    return shown


PAIRS = [(use, each) for use in USES for each in FAILURES if not impossible(use, each)]


@pytest.mark.parametrize(("use", "failure"), [pair for pair in PAIRS if not pair[0].at_once], ids=str)
async def test_slack_is_correct_in_the_end(use: Use, failure: Failure, open_office: Opened) -> None:
    expected = _forgiven(await _undisturbed(use, open_office), use, failure)

    def forgive(picture: dict[str, Any]) -> dict[str, Any]:
        return _caught_up(_forgiven(picture, use, failure), expected)

    async with open_office("rough", _patience(failure)) as office:
        await _begin(office, use)
        if use.first:
            office.strike(use.first[0], method=use.first[1], count=1)
        await failure.strike(office, use)
        await _act(office, use)
        await office.settle()
        if failure.mend:
            await _check_told(office, use)
            await failure.mend(office, use)
            await office.retry()
        may_be_lost = failure.name == "dropped socket"
        shown = await office.comes_to(expected, forgive, LOST if may_be_lost else WAIT)
        if shown != expected and may_be_lost:  # it was lost: they try again
            await _act(office, use)
            shown = await office.comes_to(expected, forgive)
        assert shown == expected
        assert await office.dead() == []
        assert await office.rests()


@pytest.mark.parametrize(("use", "failure"), [pair for pair in PAIRS if pair[0].at_once], ids=str)
async def test_a_call_that_would_be_too_late_is_reported_and_works_the_next_time(
    use: Use, failure: Failure, open_office: Opened
) -> None:
    async with open_office("rough", _patience(failure)) as office:
        await _begin(office, use)
        await failure.strike(office, use)
        told = await _act(office, use)
        if not use.by_event:
            assert "Please try again" in told or "dispatch_failed" in told
        await office.settle()
        if failure.name == "down":
            await office.sandbox.clock.advance(OUTAGE)
        if failure.mend:
            await failure.mend(office, use)
        told = await _act(office, use)
        assert "Please try again" not in told
        assert await office.tells(use.evidence)
        assert await office.dead() == []


def _patience(failure: Failure) -> Timeouts:
    return SHORT if failure.name == "slow" else UNHURRIED


def test_every_method_that_the_bot_uses_is_tested() -> None:
    tried = {use.method for use in USES} | START | set(ELSEWHERE)
    assert tried == _called() | {"response_url", "upload_url"}
    assert all(Path(place).exists() for place in ELSEWHERE.values())


def test_every_pair_is_tested_or_has_a_reason_why_not() -> None:
    skipped = {(use, each): impossible(use, each) for use in USES for each in FAILURES}
    assert len(PAIRS) + sum(bool(reason) for reason in skipped.values()) == len(USES) * len(FAILURES)
    for use in USES:  # every failure that any request can have is tested with every use
        assert all(not skipped[use, each] for each in FAILURES if each.passes and each not in EVENTS)


async def _check_told(office: FaultyOffice, use: Use) -> None:
    """Check that the commander was told what could not be done, why, and what to do about it."""
    reasons = {each.partition(": ")[2] for each in await office.dead()}
    if not reasons or str(use) in UNTOLD:
        return
    told = await office.everything_told()
    assert any(f"`{reason}`" in told and SLACK.remedies[reason] in told for reason in reasons), told
