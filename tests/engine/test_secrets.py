"""The words of a secret are removed: from every table, and from every message of the bot whose place is known."""

import json
from typing import Any

from sqlalchemy import select, text

from bot.engine.store import histories, outcomes
from bot.engine.store.tables import Table
from bot.incident.commands.request import MarkedMessage
from bot.incident.domain import facts, rules
from bot.incident.domain.corrections import REMOVED, find
from bot.incident.store import incidents
from bot.ports.port import Delivered, Retry
from bot.ports.slack.calls import Edit, FetchMessage, Post, Topic, UploadFile
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, INCIDENTS, World
from tests.incident.views.reading import said as shown

SECRET = "hunter2-" + "7Q"


async def stored(world: World) -> str:
    """Everything in every table, as text."""
    tables: list[Any] = [select(table) for table in Table.metadata.sorted_tables]
    if world.database.is_sqlite:
        tables.append(text("SELECT words FROM incident_words"))  # for the full-text search
    async with world.database.reading() as session:
        connection = await session.connection()
        rows = [[tuple(row) for row in await connection.execute(table)] for table in tables]
    return json.dumps(rows, default=str)


def in_slack(world: World) -> str:
    """All messages, as Slack shows them."""
    return "\n".join(f"{message.text}\n{shown(message)}" for message in world.slack.shown.values())


async def is_consistent(world: World) -> bool:
    async with world.database.reading() as session:
        checked = await histories.check(session, incidents.INCIDENTS, None)
    return checked.consistent == [1]


async def opened(world: World, **more: str) -> User:
    await world.declare(**more)
    await world.deliver()
    return User(world)


async def test_a_secret_in_a_note_is_removed_with_its_corrections(world: World) -> None:
    user = await opened(world)
    await user.word(f"note The key is {SECRET}")
    await user.word(f"timeline fix 2 The new key is {SECRET}!")
    await user.word(f"strike 2 because of {SECRET}")
    await user.word("unstrike 2")
    await world.deliver()
    assert SECRET in await stored(world)
    assert SECRET in in_slack(world)
    answer = await user.word("strike 2 secret: a key", actor=BEN)
    await world.deliver()
    assert SECRET not in await stored(world)
    assert SECRET not in in_slack(world)
    assert "removed the words of this note (#2)." in in_slack(world)
    assert "I am editing my messages" in said(answer)
    assert await is_consistent(world)
    entry = find(await world.timeline(1), 2)
    assert entry
    assert (entry.text, entry.recorded.fact.by) == (REMOVED, ANNA)
    assert [each.fact.why for each in entry.history if each.fact == entry.struck] == ["a key"]


async def test_a_secret_in_an_update_leaves_room_card_announcement_and_state(world: World) -> None:
    user = await opened(world)
    await user.word(f"update Half fails with {SECRET}")
    await user.word("update")
    await world.deliver()
    assert in_slack(world).count(SECRET) > 3
    await user.word("strike 2 secret")
    await world.deliver()
    assert SECRET not in await stored(world)
    assert SECRET not in in_slack(world)
    assert (await world.incident(1)).update == REMOVED
    assert await is_consistent(world)
    told = said(await user.word("timeline updates"))
    assert f"Update: {REMOVED} (posted by" in told
    assert INCIDENTS in {call.channel for call in world.slack.of(Edit)}


async def test_an_update_after_it_stays(world: World) -> None:
    user = await opened(world)
    await user.word(f"update Half fails with {SECRET}")
    await user.word("update All is well")
    await user.word("strike 2 secret")
    assert (await world.incident(1)).update == "All is well"
    assert await is_consistent(world)


async def test_a_secret_in_the_summary_and_in_a_reason(world: World) -> None:
    user = await opened(world, summary=f"It logs {SECRET}")
    await user.word(f"severity sev2 only {SECRET} is hit")
    await world.deliver()
    await user.word("strike 1 secret")
    await user.word("strike 2 secret")
    await world.deliver()
    assert SECRET not in await stored(world)
    assert SECRET not in in_slack(world)
    assert (await world.incident(1)).summary == REMOVED
    assert await is_consistent(world)


async def test_a_marked_message_with_a_secret_does_not_come_back(world: World) -> None:
    user = await opened(world)
    message = MarkedMessage("CROOM1", "1795437000.000100", by_reaction=True)
    receipt = {"text": f"The key is {SECRET}", "author": BEN, "link": "https://slack.example/p1"}
    world.slack.answers[FetchMessage] = [Delivered(receipt), Delivered(receipt)]
    await user.shortcut("add_to_timeline", message)
    await world.deliver()
    told = said(await user.word("strike 2 secret"))
    assert "the message itself (<https://slack.example/p1|link>)" in told
    assert "already on the timeline" in said(await user.shortcut("add_to_timeline", message, actor=BEN))
    await world.deliver()
    assert SECRET not in await stored(world)


async def test_a_message_that_was_just_being_posted_is_edited_afterwards(world: World) -> None:
    user = await opened(world)
    world.slack.answers[Post] = [Retry("ratelimited", after=outcomes.LONGEST_PAUSE)]
    await user.word(f"note The key is {SECRET}")
    await world.deliver()
    await user.word("strike 2 secret")
    world.clock.forward(minutes=2)
    await world.deliver()
    assert SECRET not in in_slack(world)
    assert "removed the words of this note" in in_slack(world)


async def test_a_draft_made_afterwards_does_not_have_it(world: World) -> None:
    user = await opened(world)
    await user.word(f"note The key is {SECRET}")
    await user.word("strike 2 secret")
    await user.word("postmortem")
    await user.word("timeline export json")
    await world.deliver()
    files = world.slack.of(UploadFile)
    assert len(files) == 2
    assert SECRET not in "".join(file.content for file in files)


async def test_other_entries_keep_their_words(world: World) -> None:
    user = await opened(world)
    await user.word(f"note The key is {SECRET}")
    await user.word("note Rolled back")
    await user.word("strike 2 secret")
    await world.change(1, rules.take_command)
    assert "Rolled back" in await stored(world)


async def test_a_secret_in_a_task_a_thought_and_a_decision(world: World) -> None:
    user = await opened(world)
    for words in (
        f"task rotate {SECRET}",
        f"park why is {SECRET} in the log",
        f"decision keep {SECRET} for now",
    ):
        assert (await user.word(words)).refused is None
    await user.word("unpark P1")
    await world.deliver()
    assert SECRET in in_slack(world)
    for number in (2, 3, 4):
        assert "removed from the timeline, for good" in said(await user.word(f"strike {number} secret"))
    await world.deliver()
    assert SECRET not in await stored(world)
    assert SECRET not in in_slack(world)
    assert await is_consistent(world)


async def test_a_secret_in_a_task_leaves_the_message_of_the_end(world: World) -> None:
    user = await opened(world)
    await user.word(f"task rotate {SECRET}")
    await world.change(1, rules.resolve)
    await world.deliver()
    await user.word("strike 2 secret")
    await world.deliver()
    assert SECRET not in in_slack(world)
    assert "Before everybody leaves" in in_slack(world)


async def test_a_bridge_that_was_told_to_others_leaves_the_topic(world: World) -> None:
    user = await opened(world)
    await user.word(f"bridge https://meet.example/{SECRET}")
    await world.deliver()
    assert SECRET in world.slack.of(Topic)[-1].text
    told = said(await user.word("strike 2 secret"))
    await world.deliver()
    assert SECRET not in world.slack.of(Topic)[-1].text
    assert SECRET not in in_slack(world)
    assert SECRET not in await stored(world)
    assert "I am editing my messages" in told
    assert "former name and topic" in told


async def test_a_secret_in_an_update_that_also_changes_the_severity(world: World) -> None:
    """One message tells both, and still does."""
    user = await opened(world)
    fields = {"conditions": f"Half fails with {SECRET}", "severity": "2"}
    answer = await user.submit("update", fields, number=1)
    assert answer.refused is None
    await world.deliver()
    assert SECRET in in_slack(world)
    history = await world.timeline(1)
    number = next(each.seq for each in history if isinstance(each.fact, facts.UpdatePosted))
    await user.word(f"strike {number} secret")
    await world.deliver()
    assert SECRET not in in_slack(world)
    assert "SEV2" in in_slack(world)
    assert await is_consistent(world)


async def test_a_secret_in_the_title_is_removed_once_there_is_another_title(world: World) -> None:
    await world.declare(title=f"Key {SECRET} leaked")
    await world.deliver()
    user = User(world)
    no = await user.word("strike 1 secret")
    assert "Give it another one first" in said(no)
    await user.word("rename A key leaked")
    await world.deliver()
    assert "former name and topic of the channel" in said(await user.word("strike 1 secret"))
    await world.deliver()
    assert SECRET not in await stored(world)
    assert SECRET not in in_slack(world)
    assert (await world.incident(1)).title == "A key leaked"
    assert await is_consistent(world)


async def test_a_secret_in_the_title_of_a_duplicate_can_be_removed_where_it_was_merged_too(
    world: World,
) -> None:
    await world.declare(title=f"Key {SECRET} leaked")
    await world.declare(title="Another one")
    await world.deliver()
    user = User(world)
    await user.word("duplicate INC-2")
    await user.word("rename A key leaked")
    await world.deliver()
    assert "INC-2, which has recorded the title too" in said(await user.word("strike 1 secret"))
    history = await world.timeline(2)
    number = next(each.seq for each in history if isinstance(each.fact, facts.DuplicateMerged))
    assert "removed" in said(await user.word(f"strike {number} secret", channel="CROOM2"))
    await world.deliver()
    assert SECRET not in await stored(world)
    assert SECRET not in in_slack(world)
