"""A private incident leaks nowhere: whatever its people and others do, no word of it comes out.

Everything that the bot says to others is searched for marks: answers, forms, messages, the Home tab, logs of every
level, metrics, probes, and doctor. The commands, buttons, forms and shortcuts are those of the registry, so a new one is
tried by itself.
"""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.cli import doctor
from bot.followup.domain.action_item import ActionItem
from bot.followup.store import items
from bot.incident.commands.registry import COMMANDS
from bot.incident.domain.incident import Incident
from bot.incident.store import incidents
from bot.policy_file import DEFAULT
from tests.privacy import intrusions
from tests.privacy.scene import GUEST, INTRUDERS, MARK, OUTSIDER, PERSON, REMOVED, Scene, scene

TOGETHER = 8  # requests at the same time


@pytest.fixture
async def private(tmp_path: Path) -> AsyncIterator[Scene]:
    """INC-1, a private incident of Alice's with marks in every text. Bob was in its room and has been removed."""
    policy = DEFAULT.read_text(encoding="utf-8") + "\nlink: https://incidents.example.com/{reference}\n"
    async with scene(tmp_path, policy) as there:
        there.sandbox.traffic.on_note = there.note
        there.user(GUEST).is_restricted = True
        await _declared(there)
        await _lived(there)
        yield there


async def _declared(there: Scene) -> None:
    alice = there.driver.user("alice")
    await alice.command("general", "/incident", "declare zqtitle rotation of the keys")
    await alice.submit(
        severity="1", private=["private"], summary="zqsummary leaked", commander=there.sandbox.users["alice"]
    )
    there.room = there.stage.room = await alice.until(
        lambda seen: next((c["id"] for c in seen["channels"] if "zqtitle" in c["name"]), None)
    )
    await there.stage.card("zqtitle")


async def _lived(there: Scene) -> None:
    """Everything that its people can type, in the order of an incident."""
    alice, room = there.driver.user("alice"), there.room
    bob, dave = (f"<@{there.sandbox.users[name]}>" for name in (REMOVED, PERSON))
    for name in (REMOVED, PERSON):
        await alice.invite(room, name)
    for text in (
        "update zqupdate is rotated", f"note zqnote {dave} saw it", f"task {dave} zqtask look into it", f"task {bob} zqother",
        "decision zqdecision close the door", "park zqthought was it the door?", f"assign {dave} scribe", f"assign {bob} deputy",
        "severity sev2 zqreason", "snooze zqsnooze", "timeline export md", "timeline", "who", "catchup", "decisions", "tasks",
        "updates", f"action {dave} by friday zqaction rotation of the keys", f"action {bob} tomorrow zqlast rotate them",
        "actions", "postmortem", "postmortem check",
    ):  # fmt: skip
        await alice.command(room, "/incident", text)
    said = await alice.say(room, "zqmessage on the timeline")
    await alice.react(room, said["messages"][-1]["ts"], "pushpin")
    await alice.remove(room, REMOVED)
    await there.delivered(40)
    await there.stage.shows("alice", "is no longer Deputy")
    for _ in range(3):
        await there.stage.forward(20)  # reminders, and those that call more and more people
        await there.app.engine.due.tick(there.sandbox.clock.now())
        await there.delivered(5)


async def _state(there: Scene) -> tuple[Incident, ActionItem]:
    async with there.app.database.reading() as session:
        stored = await incidents.INCIDENTS.by_number(session, there.app.team, 1)
        item = await items.ITEMS.by_number(session, there.app.team, 1)
    assert stored is not None
    assert item is not None
    return stored.state, item.state


async def _intrude(there: Scene, by: str) -> int:
    """Try everything; returns how many requests that were."""
    turns = asyncio.Semaphore(TOGETHER)

    async def one(kind: str, body: dict[str, object]) -> None:
        async with turns:
            there.heard.append((f"{kind} by {by}", await there.send(body)))

    tried = list(intrusions.everything(there, by, thorough=by == OUTSIDER))
    await asyncio.gather(*(one(*each) for each in tried))
    return len(tried)


@pytest.mark.timeout(
    300
)  # it takes seconds, but many processors' seconds where many tests run at the same time
async def test_no_word_of_a_private_incident_comes_out(private: Scene) -> None:
    assert private.leaks() == []  # of what its own people have done
    before = await _state(private)
    private.is_intruded = True
    for by in INTRUDERS:
        assert await _intrude(private, by) > 4 * len(COMMANDS)
        await private.driver.user(by).open_home()
    await private.delivered(10)
    assert private.leaks() == []
    assert await _state(private) == before
    for place in ("/metrics", "/healthz", "/readyz"):
        async with private.http.get(private.url.replace("/slack/events", place)) as answer:
            private.heard.append((place, await answer.text()))
    await doctor.check(private.given, lambda line: private.heard.append(("doctor", line)), every=True)
    assert private.leaks() == []
    private.heard.clear()  # those who belong to it do read the marks: the search looks where they are
    for body in intrusions.commands(private, "alice"):
        private.heard.append(("alice", await private.send(body)))
    assert len({mark.lower() for _, text in private.heard for mark in MARK.findall(text)}) > 5
