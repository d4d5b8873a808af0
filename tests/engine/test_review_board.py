"""The review board on the engine: posted once a week whatever happens, kept as it was, and followed up."""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
from sqlmodel import col, update

from bot.core.png.render import NoPictureError
from bot.engine.store.database import Database
from bot.engine.store.tables import StreamRow
from bot.followup.domain.vocabulary import Decided, State
from bot.followup.store import items
from bot.incident.dispatch.answers import Answer
from bot.incident.domain import rules
from bot.incident.domain.policy import Policy
from bot.ports.port import Dead, Delivered
from bot.ports.slack.calls import FetchPerson, Post, ShareFile, UploadFile, UploadPicture
from bot.review.domain.board_policy import SECTION, BoardPolicy
from bot.review.store import boards
from tests.conftest import StillClock
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, INCIDENTS, TEAM, World
from tests.incident.views.reading import said as read

BOARD = "CBOARD"
ZONE = "Europe/Berlin"
MONDAY = BoardPolicy(0, time(9), ZONE, BOARD)


@pytest.fixture
def clock() -> StillClock:
    """Wednesday, 25 November 2026, in the week 2026-W48."""
    return StillClock(datetime(2026, 11, 25, 12, tzinfo=UTC))


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    return with_board(database, policy, clock)


def with_board(database: Database, policy: Policy, clock: StillClock, **more: Any) -> World:
    return World(database, policy, clock, sections={SECTION: MONDAY}, **more)


@pytest.fixture
def user(world: World) -> User:
    return User(world)


async def at(world: World, moment: datetime) -> None:
    """The clock ticks at this time."""
    world.clock.forward(seconds=(moment - world.clock()).total_seconds())
    await world.do_chores()
    await world.deliver()


def packs(*worlds: World, channel: str = BOARD) -> list[str]:
    found = [call for world in worlds for call in world.slack.of(Post) if call.channel == channel]
    return [read(call.message) for call in found if "Review board" in str(call.message.text)]


async def incident(
    world: World, title: str = "Checkout is failing", *, resolve: bool = True, **more: Any
) -> int:
    number = (await world.declare(title, **more)).number
    world.clock.forward(minutes=30)
    if resolve:
        await world.change(number, rules.resolve)
    return number


MONDAY_9 = datetime(2026, 11, 30, 8, tzinfo=UTC)


async def test_the_pack_is_posted_once_although_replicas_ask_and_one_starts_again(
    world: World, database: Database, policy: Policy, clock: StillClock
) -> None:
    await incident(world)
    clock.forward(seconds=(MONDAY_9 - clock() - timedelta(seconds=1)).total_seconds())
    await world.do_chores()  # the pack of the week before is posted as soon as the bot reads the section
    await world.deliver()
    assert [text for text in packs(world) if "2026-W48" in text] == []
    clock.forward(seconds=1)
    other = with_board(database, policy, clock, worker="two")
    for each in (world, other, world, with_board(database, policy, clock, slack=world.slack)):
        await each.do_chores()
    await world.deliver()
    await other.deliver()
    (text,) = [text for text in packs(world, other) if "2026-W48" in text]
    assert "1 incident (1 SEV1)" in text
    assert "2026-11-23 to 2026-11-29 (Europe/Berlin)" in text
    assert "INC-1" in text
    await at(world, MONDAY_9 + timedelta(days=6))
    assert len([text for text in packs(world, other) if "2026-W48" in text]) == 1


async def test_two_replicas_that_make_it_at_the_same_moment_post_one(
    world: World, database: Database, policy: Policy, clock: StillClock
) -> None:
    await incident(world)
    clock.forward(seconds=(MONDAY_9 - clock()).total_seconds())
    others = [with_board(database, policy, clock, worker=name) for name in ("two", "three")]
    await asyncio.gather(*(each.do_chores() for each in (world, *others)))
    await world.deliver()
    assert len(packs(world)) == 1
    async with database.reading() as session:
        assert await boards.numbered(session, TEAM, 1)
        assert await boards.numbered(session, TEAM, 2) is None


async def test_a_bot_that_starts_days_late_still_posts_it(world: World) -> None:
    await incident(world)
    await at(world, MONDAY_9 + timedelta(days=3))
    (text,) = packs(world)
    assert "2026-W48" in text


async def test_its_page_and_picture_follow_as_files(world: World) -> None:
    await incident(world)
    await at(world, MONDAY_9)
    (page,), (picture,), (share,) = (
        world.slack.of(UploadFile),
        world.slack.of(UploadPicture),
        world.slack.of(ShareFile),
    )
    assert page.filename == "review-board-2026-w48.html"
    assert "<svg" in page.content
    assert picture.content.startswith(b"\x89PNG")
    assert share.channel == BOARD
    assert share.picture


async def test_without_a_section_or_a_channel_nothing_is_posted(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    for sections in ({}, {SECTION: BoardPolicy(0, time(9), ZONE)}):
        world = World(database, policy, clock, sections=sections, incidents_channel="")
        await at(world, clock() + timedelta(days=7))
        assert world.slack.of(Post) == []


async def test_without_a_channel_of_its_own_it_goes_to_the_incidents_channel(
    database: Database, policy: Policy, clock: StillClock
) -> None:
    world = World(database, policy, clock, sections={SECTION: BoardPolicy(0, time(9), ZONE)})
    await at(world, MONDAY_9)
    assert packs(world, channel=INCIDENTS) == [], "a new installation has nothing to look at"
    await incident(world)
    await at(world, MONDAY_9 + timedelta(days=14))
    assert "1 postmortem owed" in packs(world, channel=INCIDENTS)[-1]
    (text,) = [text for text in packs(world, channel=INCIDENTS) if "2026-W50" in text]
    assert "0 incidents" in text


async def test_private_incidents_are_only_counted(world: World, user: User) -> None:
    await incident(world, "Secret takeover", private=True)
    number = await incident(world, "Open to all")
    await world.deliver()
    assert number == 2
    assert "ACT-1" in said(await user.word(f"action <@{ANNA}> by 2026-11-26 Hide the secret", number=1))
    await at(world, MONDAY_9)
    (text,) = packs(world)
    (page,) = world.slack.of(UploadFile)
    for shown in (text, page.content):
        assert "Not shown: 1 private incident and 1 action item of private incidents." in shown
        assert "ecret" not in shown
        assert "INC-1" not in shown
    for word in ("review", "review this month"):
        answer = await user.word(word)  # although Anna is in the war room
        assert answer.message
        assert "ecret" not in read(answer.message)


async def test_it_stays_as_it_was_posted_and_the_next_one_says_what_became_of_its_decisions(
    world: World, user: User
) -> None:
    await incident(world)
    await at(world, MONDAY_9)
    posted = [call for call in world.slack.of(Post) if call.channel == BOARD][-1]
    answer = await press_in(user, posted, "review_decide")
    assert answer.view
    metadata = json.loads(answer.view["private_metadata"])
    fields = {"text": "Deploy to one region first", "person": BEN, "due": "2026-12-03", "incident": "1"}
    given = {**fields, "decided": "investment"}
    recorded = await user.submit("review_decide", given, metadata=metadata)
    assert "*ACT-1* is recorded as a reliability investment of 2026-W48." in said(recorded)
    item = await stored_item(world)
    assert (item.board, item.decided, item.owner, item.incident) == ("2026-W48", Decided.INVESTMENT, BEN, 1)

    await world.change(1, rules.rename, "Another title")
    shown = await user.word("review 2026-W48", channel=BOARD)
    assert shown.message
    assert "Checkout is failing" in read(shown.message)
    assert "as it was posted" in read(shown.message)
    assert "Another title" not in read(shown.message)

    await at(world, MONDAY_9 + timedelta(days=7))
    text = packs(world)[-1]
    assert "2026-W49" in text
    assert "Deploy to one region first (investment of 2026-W48): open, Uben, overdue since 2026-12-03" in text
    assert [text for text in packs(world) if "2026-W48* ·" in text] == packs(world)[:1]


async def press_in(user: User, call: Post, action: str, **given: Any) -> Answer:
    """Press a button of a message."""
    (value,) = [
        element["value"]
        for block in call.message.blocks
        if block["type"] == "actions"
        for element in block["elements"]
        if element["action_id"] == action
    ]
    metadata = json.loads(value)
    number = metadata.get("number")
    return await user.press(
        action, number, metadata=metadata, channel=call.channel, text=str(metadata.get("text", "")), **given
    )


async def stored_item(world: World, number: int = 1) -> Any:
    async with world.database.reading() as session:
        stored = await items.ITEMS.by_number(session, TEAM, number)
    assert stored
    return stored.state


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"person": ""}, "Choose who sees to it."),
        ({"due": ""}, "Choose the day by which it is done."),
        ({"incident": ""}, "Choose the incident that shows best why."),
        ({"incident": "99"}, "Choose the incident that shows best why."),
        ({"text": " "}, "Say what is to be done"),
        ({"due": "2026-11-02"}, "is over: choose a day that is still to come."),
    ],
)
async def test_a_decision_that_lacks_something_is_asked_for_it(
    world: World, user: User, wrong: Mapping[str, str], told: str
) -> None:
    await incident(world)
    await at(world, MONDAY_9)
    fields = {"text": "Deploy", "person": BEN, "due": "2026-12-03", "incident": "1", **wrong}
    answer = await user.submit("review_decide", fields, metadata={"board": 1})
    assert told in said(answer)
    async with world.database.reading() as session:
        assert await items.ITEMS.by_number(session, TEAM, 1) is None


async def test_what_was_done_is_verified_and_both_the_list_and_the_next_pack_say_so(
    world: World, user: User
) -> None:
    await incident(world)
    await world.deliver()
    await user.word(f"action <@{BEN}> by 2026-11-27 Alert on replica lag")
    metadata = {"number": 1, "item": 1}
    await user.submit("action_done", {"proof": "https://example.com/pull/7"}, metadata=metadata, number=1)
    await at(world, MONDAY_9)
    posted = [call for call in world.slack.of(Post) if call.channel == BOARD][-1]
    assert "Alert on replica lag: Uben: https://example.com/pull/7" in read(posted.message)
    asked = await press_in(user, posted, "action_verify", actor=CLEO)
    assert asked.view
    await user.submit("action_verify", {"person": BEN}, metadata=metadata, number=1, actor=CLEO)
    await world.deliver()
    (question,) = [
        each for each in world.slack.of(Post) if each.channel == BEN and "verify" in str(each.message.text)
    ]
    stranger = await press_in(user, question, "action_not_verified", actor=CLEO)
    assert f"<@{BEN}> was asked to verify ACT-1." in said(stranger)
    form = await press_in(user, question, "action_not_verified", actor=BEN)
    assert form.view
    empty = await user.submit("action_not_verified", {"note": " "}, metadata=metadata, number=1, actor=BEN)
    assert "Say what is missing." in said(empty)
    await user.submit(
        "action_not_verified", {"note": "It never rang"}, metadata=metadata, number=1, actor=BEN
    )
    await world.deliver()
    told = [read(each.message) for each in world.slack.of(Post) if each.channel == CLEO]
    assert "*ACT-1* is not verified" in told[-1]
    assert "It never rang" in told[-1]
    shown = next(
        message
        for (channel, _), message in world.slack.shown.items()
        if channel == BEN and "ACT-1" in read(message) and "not verified" in read(message)
    )
    assert not [block for block in shown.blocks if block["type"] == "actions"], "it has no buttons any more"
    listed = await user.word("actions done")
    assert listed.message
    assert "*Not verified*" in read(listed.message)
    assert "It never rang" in read(listed.message)
    assert "Ask for verification" in str(listed.message.blocks)
    now = await user.word("review this week", actor=BEN)
    assert now.message
    # It was done in the week before: the pack of that week, made anew, says what was found.
    again = await user.word("review 2026-11", actor=BEN)
    assert again.message
    assert "not verified by Uben: It never rang" in read(again.message)

    await user.submit("action_verify", {"person": BEN}, metadata=metadata, number=1)
    await user.submit(
        "action_verified", {"note": "It rang on Tuesday"}, metadata=metadata, number=1, actor=BEN
    )
    item = await stored_item(world)
    assert (item.state, item.verification.is_verified, item.version) == (State.DONE, True, 6)
    late = await user.press("action_verified", 1, metadata=metadata, actor=BEN)
    assert "ACT-1 was answered already: verified." in said(late)


async def test_a_pack_is_posted_by_button_and_kept_and_the_clock_then_posts_the_same(
    world: World, user: User
) -> None:
    await incident(world)
    world.clock.forward(days=5)  # it is Monday, a few hours before the pack is due
    world.clock.forward(seconds=(MONDAY_9 - timedelta(hours=2) - world.clock()).total_seconds())
    made = await user.word("review", channel="CTEAM")
    assert made.message
    answer = await press_in(user, Post("CTEAM", made.message, ""), "review_post")
    assert "Review board 2026-W48 is posted here in a moment, with its page, and kept." in said(answer)
    await world.deliver()
    (there,) = packs(world, channel="CTEAM")
    await world.change(1, rules.rename, "Another title")
    await at(world, MONDAY_9)
    (here,) = [text for text in packs(world) if "2026-W48* ·" in text]
    assert "Another title" not in here
    assert here == there


async def test_a_page_is_sent_to_whoever_wants_it_and_nobody_else_sees_it(world: World, user: User) -> None:
    await incident(world)
    made = await user.word("review 14d", channel="CTEAM")
    assert made.message
    answer = await press_in(user, Post("CTEAM", made.message, ""), "review_page")
    assert "The page comes to you in a direct message." in said(answer)
    await world.deliver()
    assert [share.channel for share in world.slack.of(ShareFile)] == [ANNA]
    async with world.database.reading() as session:
        board = await boards.numbered(session, TEAM, 1)
        assert board
        assert board.posted == ()


async def test_whoever_posts_where_the_bot_is_not_is_told(world: World, user: User) -> None:
    await incident(world)
    made = await user.word("review 14d", channel="CTEAM")
    assert made.message
    await world.deliver()
    world.slack.answers[Post] = [Dead("not_in_channel")]
    await press_in(user, Post("CTEAM", made.message, ""), "review_post")
    await world.deliver()
    told = [read(each.message) for each in world.slack.of(Post) if each.channel == ANNA]
    assert "I could not post Review board 14d in <#CTEAM>: not_in_channel." in told[-1]


async def test_a_bad_span_is_refused_in_a_sentence_and_the_text_is_given_back(user: User) -> None:
    answer = await user.word("review the day before yesterday")
    assert "“the day before yesterday” is no span of time. Write for example `2026-W48`" in said(answer)
    assert answer.message
    assert "review the day before yesterday" in str(answer.message.blocks)
    assert "without a severity" in said(await user.word("review last week sev1"))
    assert "has not begun yet" in said(await user.word("review 2027-W48"))
    assert "is no span of time" in said(await user.word("review 2026-W60"))


async def test_guests_do_not_see_it(world: World, user: User) -> None:
    world.slack.answers[FetchPerson] = [Delivered({"name": "Cleo", "is_guest": "yes"})]
    for answer in (
        await user.word("review", actor=CLEO),
        await user.press("review_decide", None, metadata={"board": 1}, actor=CLEO),
        await user.press("review_post", None, metadata={"text": ""}, actor=CLEO),
    ):
        assert "which guests do not see" in said(answer)


async def test_a_board_that_does_not_exist_is_not_decided_upon(user: User) -> None:
    for metadata in ({"board": 7}, {}):
        answer = await user.press("review_decide", None, metadata=metadata)
        assert "That board is not there any more." in said(answer)


async def test_near_misses_are_told_until_they_are_answered(world: World, user: User) -> None:
    for title in (
        "The cleanup script ran on the live database",
        "The cleanup script ran on the live database again",
    ):
        await user.submit("nearmiss_report", {"title": title, "name": []})
    await user.submit("nearmiss_answer", {"answer": "A check was added"}, metadata={"near_miss": 2})
    await world.deliver()
    await at(world, MONDAY_9)
    await at(world, MONDAY_9 + timedelta(days=7))
    first, second = packs(world)
    assert "*Near misses*: 2, 1 of them without an answer." in first
    told = "*NM-1* The cleanup script ran on the live database: reported 2026-11-25; waits for an answer"
    assert f"{told}\n" in first
    assert "again: reported 2026-11-25; like NM-1; answered: A check was added" in first
    assert "*Near misses*: 1, 1 of them without an answer." in second
    assert f"{told}, late" in second


async def test_owed_postmortems_and_overdue_items_of_any_time_are_in_it(world: World, user: User) -> None:
    await incident(world)
    await world.deliver()
    await user.word(f"action <@{BEN}> by 2026-11-27 Alert on replica lag")
    await at(world, MONDAY_9 + timedelta(days=14))
    text = packs(world)[-1]
    assert "2026-W50* ·" in text
    assert "1 postmortem owed, 1 overdue" in text
    assert "*INC-1* Checkout is failing: overdue since 2026-12-02; draft, written by nobody" in text
    assert "*ACT-1* Alert on replica lag: 17 days overdue, Uben; of INC-1" in text


async def test_a_picture_that_cannot_be_drawn_keeps_the_page_from_nobody(world: World) -> None:
    def fails(_svg: str) -> bytes:
        raise NoPictureError("no fonts")

    world.house = replace(world.house, draw=fails)
    await incident(world)
    await at(world, MONDAY_9)
    (share,) = world.slack.of(ShareFile)
    assert share.picture == ""
    assert world.slack.of(UploadPicture) == []


async def test_a_board_of_another_release_keeps_nobody_from_the_next_one(world: World, user: User) -> None:
    await incident(world)
    await at(world, MONDAY_9)
    async with world.database.writing() as session:
        damaged = update(StreamRow).where(col(StreamRow.subject) == "review board")
        state = {"shape": 1, "pack": {"week": "2026-W48", "start": "2026"}}
        await session.exec(damaged.values(state=state))
    await at(world, MONDAY_9 + timedelta(days=7))
    assert "2026-W49" in packs(world)[-1]
    assert "That board is not there any more" in said(
        await user.press("review_decide", None, metadata={"board": 1})
    )


async def test_an_item_that_is_opened_again_is_not_asked_about(world: World, user: User) -> None:
    await incident(world)
    await world.deliver()
    await user.word(f"action <@{BEN}> by 2026-11-27 Alert on replica lag")
    metadata = {"number": 1, "item": 1}
    await user.submit("action_done", {"proof": "seen"}, metadata=metadata, number=1)
    await user.submit("action_verify", {"person": BEN}, metadata=metadata, number=1)
    await user.press("action_reopen", 1, metadata=metadata)
    await world.deliver()  # only now: the question is not asked any more
    told = [read(each.message) for each in world.slack.of(Post) if each.channel == BEN]
    assert not [text for text in told if "verify" in text]
    late = await user.press("action_verified", 1, metadata=metadata, actor=BEN)
    assert "Nobody asks any more whether ACT-1 has its effect" in said(late)
