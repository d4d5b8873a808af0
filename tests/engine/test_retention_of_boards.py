"""The packs of review boards lose titles, people and whatever else was typed; their figures stay."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select, update

from bot.core.actor import former
from bot.core.retention import Terms
from bot.engine.store.database import Database
from bot.engine.store.tables import EffectRow, EffectState, TrackedIssueRow
from bot.incident.domain import rules
from bot.incident.domain.policy import Policy
from bot.review.domain.board import EntriesRewritten
from bot.review.domain.pack import Pack
from bot.review.store import boards
from bot.review.views import board_exports, board_page
from tests.conftest import StillClock
from tests.engine.played import MARK, NAMES, is_whole, stored
from tests.engine.test_forgetting import forget
from tests.engine.test_retention import YEAR, redact_all, retention
from tests.engine.test_review_board import MONDAY_9, at, packs, press_in, with_board
from tests.engine.user import User
from tests.engine.world import ANNA, BEN, TEAM, World
from tests.incident.views.reading import said as read


@pytest.fixture
def clock() -> StillClock:
    """Wednesday, 25 November 2026, in the week 2026-W48."""
    return StillClock(datetime(2026, 11, 25, 12, tzinfo=UTC))


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    return with_board(database, policy, clock)


@pytest.fixture
def user(world: World) -> User:
    return User(world)


async def board(world: World, number: int = 1) -> Any:
    async with world.database.reading() as session:
        found = await boards.numbered(session, TEAM, number)
    assert found
    return found


async def held(world: World, user: User) -> Pack:
    """A week with something of everything that a pack has in words, and its board; returns the pack."""
    for title in (f"{MARK} checkout", f"Near miss: {MARK} flag", f"[drill] {MARK} region"):
        number = (await world.declare(title, by=ANNA, commander=BEN)).number
        world.clock.forward(minutes=30)
        await world.change(number, rules.resolve, by=BEN)
    await world.deliver()
    await user.word(f"action <@{ANNA}> by 2026-11-27 {MARK} alert")
    await user.submit("nearmiss_report", {"title": f"{MARK} script", "name": ["yes"]})
    await user.submit("nearmiss_answer", {"answer": f"{MARK} check"}, metadata={"near_miss": 1})
    item = {"number": 1, "item": 1}
    await user.submit("action_done", {"proof": f"{MARK} proof"}, metadata=item, number=1)
    await user.submit("action_verify", {"person": ANNA}, metadata=item, number=1)
    note = {"note": f"{MARK} rang"}
    await user.submit("action_verified", note, metadata=item, number=1, actor=ANNA)
    decided = await user.word(f"action <@{ANNA}> by 2026-11-28 {MARK} overdue")
    assert decided.message
    await at(world, MONDAY_9)
    return (await board(world)).pack  # type: ignore[no-any-return]  # `board` is any


def counts(pack: Pack) -> dict[str, Any]:
    """What a pack says in figures."""
    told: dict[str, Any] = {
        name: len(value)
        for name in Pack.__dataclass_fields__
        if isinstance(value := getattr(pack, name), tuple)
    }
    plain = ("apart", "promises", "evenness", "private", "private_items", "week", "version", "last_board")
    told |= {name: getattr(pack, name) for name in plain}
    told["times"] = [(each.number, each.severity, each.declared_at, each.ended_at) for each in pack.incidents]
    told["days"] = [
        (each.number, each.due_on, each.state, each.ended_at) for each in pack.overdue + pack.done
    ]
    return told


async def test_a_pack_keeps_its_figures_and_says_since_when_its_words_are_gone(
    world: World, user: User
) -> None:
    before = await held(world, user)
    assert str(before).count(MARK) >= 8
    assert ANNA in str(before)
    world.clock.forward(days=366)
    assert await redact_all(world, YEAR)
    after = (await board(world)).pack
    removed = f"(removed on {world.clock().date()}, retention)"
    assert MARK not in str(after)
    assert ANNA not in str(after)
    assert counts(after) == counts(before)
    assert after.incidents[0].title == after.near_misses[0].answer == after.done[0].note == removed
    assert after.done[0].owner == after.done[0].asked == former("Person 2 (BOARD-1)")
    assert after.removed_on == world.clock().date()
    assert await is_whole(world)
    shown = await user.word("review 2026-W48", channel="CTEAM")
    assert shown.message
    told = f"were removed on {world.clock().date()} (retention); the figures are as they were."
    page, markdown = board_page.board_page(after, {}), board_exports.as_markdown(after, {})
    for text in (read(shown.message), page, markdown.replace("\\", "")):
        assert told in text
        assert "Person 2 (BOARD-1)" in text
        assert MARK not in text


async def test_a_pack_that_is_made_anew_counts_the_same_and_no_removed_text_returns(
    world: World, user: User
) -> None:
    await held(world, user)
    made = await user.word("review 2026-11", channel="CTEAM")
    world.clock.forward(days=366)
    await redact_all(world, YEAR)
    again = await user.word("review 2026-11", channel="CTEAM")
    assert made.message
    assert again.message
    apart = "Apart, and not among the incidents: 1 drill, 1 near miss."
    assert apart in read(made.message)
    assert apart in read(again.message)
    assert "contributing factor" not in read(again.message)
    assert (await world.incident(3)).title == f"Drill: (removed on {world.clock().date()}, retention)"


async def test_its_age_counts_from_the_day_on_which_it_was_made(world: World, user: User) -> None:
    await held(world, user)
    world.clock.forward(days=364)
    shown = await user.word("review 2026-W48", channel="CTEAM")
    assert shown.message
    await press_in(user, packs_post(shown.message), "review_post")
    assert "BOARD-1" not in await due(world)
    world.clock.forward(days=2)
    assert "BOARD-1" not in await due(world), "what somebody wants to have posted is posted first"
    await world.deliver()
    assert MARK in packs(world, channel="CTEAM")[-1]
    assert "BOARD-1" in await due(world)
    await redact_all(world, YEAR)
    since = (await board(world)).pack.removed_on
    await press_in(user, packs_post(shown.message), "review_page")
    await world.deliver()
    assert "BOARD-1" not in await due(world), "what was added is redacted in its own time"
    world.clock.forward(days=366)
    await redact_all(world, YEAR)
    assert (await board(world)).pack.removed_on == since
    assert ANNA not in str(await entries(world))


def packs_post(message: Any) -> Any:
    from bot.ports.slack.calls import Post  # noqa: PLC0415  # only here

    return Post("CTEAM", message, "")


async def entries(world: World) -> list[Any]:
    async with world.database.reading() as session:
        stream = await boards.BOARDS.by_number(session, TEAM, 1)
        assert stream
        return [each.fact for each in await boards.BOARDS.timeline(session, stream.id)]


async def due(world: World, terms: Terms = YEAR) -> set[str]:
    names = {"review board": "BOARD", "incident": "INC", "action item": "ACT", "near miss": "NM"}
    return {
        f"{names[each.subject]}-{each.number}" for each in await retention(world, terms).due(world.clock())
    }


async def test_a_board_can_be_kept(world: World, user: User) -> None:
    await held(world, user)
    world.clock.forward(days=366)
    kept = Terms(timedelta(days=365), keep=("BOARD-1",))
    assert "BOARD-1" not in await due(world, kept)
    assert "BOARD-1" in await due(world)


async def test_whoever_is_forgotten_has_a_pseudonym_in_packs_and_their_name_goes_from_their_texts(
    world: World, user: User
) -> None:
    number = (await world.declare(f"{NAMES[ANNA]} is open", by=ANNA, commander=BEN)).number
    await world.change(number, rules.resolve, by=BEN)
    await world.deliver()
    await user.word(f"action <@{ANNA}> by 2026-11-27 Alert")
    await at(world, MONDAY_9)
    await forget(world)
    after = (await board(world)).pack
    assert ANNA not in await stored(world)
    assert after.incidents[0].title == after.recent[0][1] == "Former colleague 1 is open"
    assert after.overdue[0].owner == former("Former colleague 1")
    assert "Former colleague 1" in board_page.board_page(after, {})
    assert after.removed_on is None
    last = (await entries(world))[-1]
    assert isinstance(last, EntriesRewritten)
    assert await is_whole(world)


async def test_refused_effects_and_the_links_of_tracked_issues_go_too(world: World, user: User) -> None:
    await held(world, user)
    async with world.database.writing() as session:
        dead = update(EffectRow).where(col(EffectRow.stream_id) == 1)
        await session.exec(dead.values(state=EffectState.DEAD, error=MARK))
        for stream in (4, 5):
            row = TrackedIssueRow(
                stream_id=stream, team_id=TEAM, tracker="github", place="acme/checkout", issue="12", key="k",
                url=f"https://{MARK}", wanted_at=world.clock(), trouble=MARK,
            )  # fmt: skip
            session.add(row)
    await user.submit("action_done", {"proof": "seen"}, metadata={"number": 1, "item": 2}, number=1)
    await world.deliver()
    world.clock.forward(days=366)
    await redact_all(world, YEAR)
    assert MARK not in await stored(world)
    async with world.database.reading() as session:
        rows = (await session.exec(select(TrackedIssueRow))).all()
    assert {(row.issue, row.url, row.trouble) for row in rows} == {("12", "", "")}
    listed = await user.word("actions done")
    assert listed.message
    assert "acme/checkout#12" in read(listed.message)
    assert "not in" not in read(listed.message)
