"""Near misses on each database: when they are due, what others read of them, and what follows from a declaration."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, update

from bot.engine.store import people
from bot.engine.store.tables import PersonRow, StreamRow
from bot.followup.domain.near_miss import NearMiss
from bot.followup.domain.near_miss_effects import TellReporter
from bot.followup.domain.near_miss_listing import Listing, Which
from bot.followup.domain.policy import NearMissPolicy
from bot.followup.effects import tell_reporter
from bot.followup.effects.near_miss_context import RenderContext, gather_for
from bot.followup.store import near_misses
from bot.incident.commands.request import Origin
from bot.incident.dispatch.answers import Answer
from bot.incident.domain.vocabulary import Severity
from bot.incident.views.facts import sentence
from bot.ports.port import Dead
from bot.ports.slack.calls import Edit, Post
from bot.subjects import FIGURES
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, INCIDENTS, TEAM, World
from tests.incident.views.reading import said as read

TITLE = "The cleanup script was started on the live database"
# It is Monday, 2 March 2026, 12:00 UTC.
BEGIN = datetime(2026, 3, 2, tzinfo=UTC)
DUE = datetime(2026, 3, 9, 17, tzinfo=UTC)


@pytest.fixture
def office(world: World) -> User:
    return User(world)


async def report(
    user: User, title: str = TITLE, *, by: str = BEN, nameless: bool = False, view: str = ""
) -> Answer:
    fields = {"title": title, "name": ["nameless"] if nameless else []}
    answer = await user.submit("nearmiss_report", fields, actor=by, view=view)
    await user.world.deliver()
    return answer


async def one(world: World, number: int = 1) -> NearMiss:
    async with world.database.reading() as session:
        found = await near_misses.one(session, TEAM, number)
    assert found
    return found


async def press(user: User, name: str, number: int = 1, by: str = CLEO, **given: Any) -> Answer:
    answer = await user.press(name, None, actor=by, metadata={"near_miss": number}, **given)
    await user.world.deliver()
    return answer


async def answer_it(user: User, number: int = 1, by: str = CLEO, text: str = "We ask now") -> Answer:
    done = await user.submit("nearmiss_answer", {"answer": text}, actor=by, metadata={"near_miss": number})
    await user.world.deliver()
    return done


def posts(world: World, channel: str) -> list[str]:
    return [str(call.message.text) for call in world.slack.of(Post) if call.channel == channel]


async def at(world: World, moment: datetime) -> None:
    world.clock.forward(seconds=(moment - world.clock()).total_seconds())
    await world.tick()
    await world.deliver()


async def test_it_is_due_within_five_working_days_and_the_channel_is_told_once(office: User) -> None:
    world = office.world
    await report(office)
    assert (await one(world)).due_at == DUE
    await at(world, DUE - timedelta(minutes=1))
    assert len(posts(world, INCIDENTS)) == 1
    await at(world, DUE)
    await at(world, DUE + timedelta(days=9))
    (_, late) = posts(world, INCIDENTS)
    assert "was to be answered" in late


async def test_holidays_and_the_policy_count_and_a_later_policy_moves_no_day(office: User) -> None:
    world = office.world
    postmortem = replace(
        world.policy.postmortem, is_holiday=lambda day: day == date(2026, 3, 4), board="CBOARD"
    )
    world.house = replace(
        world.house,
        policy=replace(world.policy, postmortem=postmortem),
        sections={"near miss": NearMissPolicy(2)},
    )
    await report(office)
    assert (await one(world)).due_at == datetime(2026, 3, 5, 17, tzinfo=UTC)
    world.house = replace(world.house, sections={})
    await answer_it(office)
    assert (await one(world)).due_at == datetime(2026, 3, 5, 17, tzinfo=UTC)
    assert TITLE in posts(world, "CBOARD")[0]


async def test_of_what_is_answered_nobody_is_reminded(office: User) -> None:
    world = office.world
    await report(office)
    await answer_it(office)
    await at(world, DUE)
    assert len(posts(world, INCIDENTS)) == 1
    assert len(posts(world, BEN)) == 1
    assert len(world.slack.of(Edit)) == 1


async def test_a_form_that_is_sent_twice_reports_once_also_without_a_name(office: User) -> None:
    for _ in range(2):
        await report(office, nameless=True, view="VSAME")
    assert len(posts(office.world, INCIDENTS)) == 1
    again = await office.submit("nearmiss_report", {"title": "Other words"}, actor=BEN, view="VSAME")
    assert "NM-1" in said(again)


async def test_others_read_records_of_a_span_and_of_what_waits(office: User) -> None:
    world = office.world
    await report(office)
    await report(office, "The cleanup script on the live database again", nameless=True)
    await report(office, "A flag was wrong")
    await press(office, "nearmiss_withdraw", 3, BEN)
    await answer_it(office, 1)
    async with world.database.reading() as session:
        found = await near_misses.reported_between(session, TEAM, BEGIN, DUE + timedelta(days=1))
        none = await near_misses.reported_between(session, TEAM, DUE, DUE + timedelta(days=1))
        other = await near_misses.reported_between(session, "T2", BEGIN, DUE)
        waiting = await near_misses.unanswered(session, TEAM, DUE + timedelta(minutes=1))
        figure = next(each for each in FIGURES if each.name == "warroom_near_misses_waiting")
        counted = await figure.read(session, TEAM, DUE + timedelta(minutes=1))
    assert [(each.reference, each.answer, each.late) for each in found] == [
        ("NM-1", "We ask now", False),
        ("NM-2", "", True),
    ]
    assert found[1].similar == ("NM-1",)
    assert found[1].reported_by == ""
    assert [each.reference for each in waiting] == ["NM-2"]
    assert (none, other) == ([], [])
    assert counted == {"yes": 1, "no": 0}


async def test_lists_have_what_was_asked_for(office: User) -> None:
    world = office.world
    for title in (TITLE, "A flag was wrong", "A cable was loose"):
        await report(office, title)
    await report(office, "Somebody else's flag", by=CLEO)
    await answer_it(office, 2)
    await press(office, "nearmiss_withdraw", 3, BEN)

    async def numbers(wanted: Listing, limit: int = 8) -> list[int]:
        async with world.database.reading() as session:
            page = await near_misses.listed(session, TEAM, BEN, wanted, limit)
        return [each.number for each in page.items]

    assert await numbers(Listing()) == [4, 2, 1]
    assert await numbers(Listing(page=1), 2) == [1]
    assert await numbers(Listing(Which.OPEN)) == [4, 1]
    assert await numbers(Listing(Which.MINE)) == [3, 2, 1]
    assert await numbers(Listing(words=("flag",))) == [4, 2]
    assert await numbers(Listing(words=("flag", "somebody"))) == [4]


async def test_an_unreadable_one_keeps_no_other_from_being_listed(office: User) -> None:
    world = office.world
    await report(office)
    await report(office, "A flag was wrong")
    async with world.database.writing() as session:
        broken = update(StreamRow).where(col(StreamRow.number) == 1).values(state={"shape": 1})
        await session.exec(broken)
    async with world.database.reading() as session:
        page = await near_misses.listed(session, TEAM, BEN, Listing(), 8)
    assert [each.number for each in page.items] == [2]
    await press(office, "nearmiss_withdraw", 2, BEN)
    async with world.database.reading() as session:
        assert not await near_misses.alike(session, TEAM, "of the")


async def test_an_effect_whose_near_miss_cannot_be_read_waits_for_somebody_who_can(office: User) -> None:
    world = office.world
    await office.submit("nearmiss_report", {"title": TITLE}, actor=BEN)
    async with world.database.writing() as session:
        await session.exec(update(StreamRow).values(state={"shape": 1}))
    await world.deliver()
    assert posts(world, INCIDENTS) == []
    async with world.database.reading() as session:
        nothing = await gather_for(lambda: world.house, session, [], world.clock())
    assert nothing.contexts == {}


async def test_a_declaration_that_was_one_is_remembered_by_the_first_only(office: User) -> None:
    world = office.world
    await report(office)
    for title in ("Once", "Twice"):
        await world.declare(title, came_from="NM-1", by=CLEO)
    await world.declare("A stranger", came_from="NM-99")
    await world.declare("No name at all", came_from="x")
    await world.deliver()
    assert (await one(world)).promoted_to == 1
    assert any("made your near miss *NM-1* an incident: *INC-1*" in each for each in posts(world, BEN))
    (declared, *_) = await world.timeline(1)
    assert "which was NM-1" in sentence(declared.fact)


async def test_of_a_private_incident_the_near_miss_says_nothing(office: User) -> None:
    await report(office)
    await office.world.declare("Private", came_from="NM-1", private=True)
    assert (await one(office.world)).waits


async def test_two_who_promote_it_get_one_incident(office: User) -> None:
    await report(office)
    metadata = {"came_from": "NM-1"}
    first = {"title": "Near miss: x", "severity": str(int(Severity.SEV4))}
    await office.submit("declare", first, metadata=metadata, actor=CLEO)
    second = await office.submit("declare", {**first, "title": "Other words"}, metadata=metadata, actor=ANNA)
    assert "Nothing was declared now" in json.dumps(second.replace)
    past = await office.submit(
        "declare_past",
        {**first, "title": "Over", "resolved": str(int(office.world.clock().timestamp()))},
        metadata=metadata,
        actor=ANNA,
    )
    assert "Nothing was declared now" in json.dumps(past.replace)


async def test_a_post_that_somebody_deleted_is_not_posted_again(office: User) -> None:
    world = office.world
    await report(office)
    world.slack.answers[Edit] = [Dead("message_not_found")]
    await answer_it(office)
    assert len(posts(world, INCIDENTS)) == 1


async def test_one_that_is_taken_back_before_anybody_saw_it_is_never_posted(office: User) -> None:
    world = office.world
    await office.submit("nearmiss_report", {"title": TITLE}, actor=BEN)
    await press(office, "nearmiss_withdraw", 1, BEN)
    await press(office, "nearmiss_restore", 1, BEN)
    assert len(posts(world, INCIDENTS)) == 1
    await office.submit("nearmiss_report", {"title": TITLE}, actor=BEN)
    await press(office, "nearmiss_withdraw", 2, BEN)
    assert len(posts(world, INCIDENTS)) == 1


async def test_without_a_channel_it_is_only_listed(office: User) -> None:
    world = office.world
    world.house = replace(world.house, incidents_channel="")
    await report(office)
    await at(world, DUE)
    assert world.slack.of(Post) == []
    assert "1 near miss" in said(await office.word("nearmisses", channel="CGENERAL"))


async def test_whoever_has_left_or_was_overtaken_is_not_told(office: User) -> None:
    world = office.world
    await report(office)
    async with world.database.writing() as session:
        gone = PersonRow(
            team_id=TEAM,
            user_id=BEN,
            name="Ben",
            zone="",
            seen_at=world.clock(),
            is_bot=False,
            is_active=False,
        )
        await people.remember(session, gone)
    await answer_it(office)
    await report(office, "A flag was wrong", by=CLEO)
    done = await office.submit("nearmiss_answer", {"answer": "x"}, actor=ANNA, metadata={"near_miss": 2})
    assert "is answered" in said(done)
    await office.press("nearmiss_withdraw", None, actor=CLEO, metadata={"near_miss": 2})
    await world.deliver()
    assert posts(world, BEN) == posts(world, CLEO) == []


async def test_the_window_that_thanks_is_the_only_proof_without_a_name(office: User) -> None:
    await report(office, nameless=True, view="VONE")
    await report(office, "A flag was wrong", nameless=True, view="VTWO")
    for view in ("VTWO", "VNONE", ""):
        refused = await press(office, "nearmiss_undo", 1, BEN, origin=Origin(view_id=view))
        assert "not there any more" in said(refused)
    taken = await press(office, "nearmiss_undo", 1, BEN, origin=Origin(view_id="VONE"))
    assert "is taken back" in said(taken)
    item = await one(office.world)
    assert (item.is_withdrawn, item.withdrawn_by) == (True, "")
    hidden = await press(office, "nearmiss_answer", 1, CLEO)
    assert "not there any more" in said(hidden)
    assert "not there any more" in said(
        await office.press("nearmiss_answer", None, metadata={"near_miss": "x"})
    )


async def test_a_reminder_of_what_was_answered_meanwhile_is_not_posted(office: User) -> None:
    world = office.world
    await report(office)
    world.clock.forward(seconds=(DUE - world.clock()).total_seconds())
    await world.tick()
    await office.submit("nearmiss_answer", {"answer": "x"}, actor=CLEO, metadata={"near_miss": 1})
    await world.deliver()
    assert len(posts(world, INCIDENTS)) == 1


async def test_guests_see_their_own_only_and_a_page_by_its_button(office: User) -> None:
    world = office.world
    for number in range(9):
        await report(office, f"Sensor {number} was wrong")
    async with world.database.writing() as session:
        guest = PersonRow(
            team_id=TEAM,
            user_id=CLEO,
            name="Cleo",
            zone="",
            seen_at=world.clock(),
            is_bot=False,
            is_guest=True,
            is_admin=False,
        )
        await people.remember(session, guest)
    mine = await office.word("nearmisses", actor=CLEO, channel="CGENERAL")
    assert "with your name" in said(mine)
    page = await office.press("nearmisses_more", None, metadata={"page": 1}, text="all")
    assert page.message
    assert "Sensor 0 was wrong" in read(page.message)


async def test_a_promotion_that_cannot_be_seen_any_more_tells_nobody(office: User) -> None:
    await report(office)
    item = await one(office.world)
    context = RenderContext(item=item, key="k", reporter_is_there=True)
    assert tell_reporter.render(TellReporter(of_incident=True), context) is None
