"""Every field with text has a mark, and every person too: afterwards no table of the database has any of them."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import col, update

from bot.engine.store.database import Database
from bot.engine.store.tables import EffectRow, EffectState, TrackedIssueRow
from bot.incident.domain import facts, rules
from bot.incident.domain.policy import Policy
from bot.incident.domain.postmortem_sections import PostmortemSection
from tests.conftest import StillClock
from tests.engine.played import MARK, NAMES, PEOPLE, is_whole, stored
from tests.engine.test_forgetting import forget
from tests.engine.test_retention import redact_all
from tests.engine.test_retention_of_boards import held
from tests.engine.test_review_board import with_board
from tests.engine.user import User
from tests.engine.world import ANNA, BEN, TEAM, World


@pytest.fixture
def clock() -> StillClock:
    """Wednesday, 25 November 2026, in the week 2026-W48."""
    return StillClock(datetime(2026, 11, 25, 12, tzinfo=UTC))


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    return with_board(database, policy, clock)


async def lived_through(world: World) -> None:
    """A board with all of its lists, a canvas, refused effects, and an issue in trouble."""
    await held(world, User(world))
    number = (await world.declare(f"{MARK} again", by=ANNA, commander=BEN)).number
    await world.change(number, rules.write_section, PostmortemSection.SUMMARY, MARK, based_on=0, by=BEN)
    await world.change(number, _in_canvas, by=ANNA)
    await world.change(number, rules.resolve, by=BEN)
    await world.deliver()
    async with world.database.writing() as session:
        refused = update(EffectRow).where(col(EffectRow.stream_id) == 1)
        await session.exec(refused.values(state=EffectState.DEAD, error=f"{MARK} {ANNA}"))
        row = TrackedIssueRow(
            stream_id=4, team_id=TEAM, tracker="github", place="acme/checkout", issue="12", key="k",
            url=f"https://{MARK}", wanted_at=world.clock(), trouble=f"{MARK} <@{ANNA}>",
        )  # fmt: skip
        session.add(row)


def _in_canvas(_incident: Any, *, by: str, now: Any) -> Sequence[facts.Fact]:
    section, given = PostmortemSection.SUMMARY, {"at": now, "by": by}
    return (
        facts.PostmortemCanvasOpened(**given, canvas="F1", link=f"https://{MARK}"),
        facts.PostmortemCanvasDiffers(**given, section=section, text=f"{MARK} <@{by}>", based_on=0),
        facts.PostmortemCanvasRead(**given, headings=MARK, problem=f"Not published: {MARK} <@{by}>."),
        facts.PostmortemCanvasLeft(**given),
    )


async def test_a_person_is_in_no_table_any_more(world: World) -> None:
    await lived_through(world)
    before = await stored(world)
    assert ANNA in before
    assert NAMES[ANNA].casefold() in before.casefold()
    await forget(world)
    after = await stored(world)
    assert ANNA not in after
    assert NAMES[ANNA].casefold() not in after.casefold()
    assert after.count(MARK) == before.count(MARK)
    assert await is_whole(world)


async def test_no_words_are_in_any_table_any_more(world: World) -> None:
    await lived_through(world)
    assert (await stored(world)).count(MARK) > 50
    await world.change(4, rules.note, f"{MARK} late", by=BEN)
    await world.deliver()
    await User(world).submit(
        "action_done", {"proof": MARK}, metadata={"number": 1, "item": 2}, number=1, actor=ANNA
    )
    await world.deliver()
    world.clock.forward(days=366)
    await redact_all(world)
    after = await stored(world)
    assert MARK not in after
    left = {person for person in PEOPLE if person in after}
    assert all(f"'{person}', '{NAMES[person]}'" in after for person in left), "only in the table of people"
    assert await is_whole(world)
