"""Action items, as people add, list and settle them, on each database."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.blocks import View
from bot.engine.store import people
from bot.engine.store.tables import PersonRow
from bot.followup.store import items
from bot.incident.dispatch.answers import Answer
from bot.incident.domain import rules
from bot.incident.domain.permissions import NOBODY, Capability, Permissions
from bot.ports.slack.calls import Post
from tests.engine.rooms.members import opened
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World
from tests.incident.views.reading import said as read

STRANGER = "USTRANGER"


@pytest.fixture
async def office(world: World) -> User:
    """An incident whose war room is open."""
    await world.declare("Checkout is failing")
    await world.deliver()
    return User(world)


async def item(world: World, number: int = 1) -> Any:
    async with world.database.reading() as session:
        stored = await items.ITEMS.by_number(session, TEAM, number)
    return stored and stored.state


def form_of(answer: Answer) -> View:
    assert answer.view, said(answer)
    return answer.view


def listed(answer: Answer) -> str:
    assert answer.message
    return read(answer.message)


async def submit(user: User, answer: Answer, **given: Any) -> Answer:
    """Submit the form that was opened."""
    view = form_of(answer)
    metadata = json.loads(view["private_metadata"])
    who = {"actor": given.pop("actor")} if "actor" in given else {}
    return await user.submit(view["callback_id"], given, metadata=metadata, number=metadata["number"], **who)


async def press(user: User, name: str, number: int = 1, incident: int = 1, **given: Any) -> Answer:
    metadata = {"number": incident, "item": number}
    return await user.press(name, incident, metadata=metadata, **given)


async def test_one_line_adds_an_item_and_the_answer_the_room_and_the_owner_say_so(office: User) -> None:
    answer = await office.word(f"action <@{BEN}> by friday Add an alert on replica lag")
    assert "*ACT-1* of INC-1 added for" in said(answer)
    assert "Due Fri 6 Mar 2026" in said(answer)
    added = await item(office.world)
    assert (added.owner, added.title, added.due_on) == (
        BEN,
        "Add an alert on replica lag",
        date(2026, 3, 6),
    )
    await office.world.deliver()
    posted = {call.channel: str(call.message.text) for call in office.world.slack.of(Post)}
    assert "Uanna added action item *ACT-1* for Uben" in posted["CROOM1"]
    assert f"<@{BEN}>" not in posted["CROOM1"], "nobody is notified of being listed"
    assert "gave you an action item" in posted[BEN]


async def test_whoever_takes_it_themselves_is_not_told(office: User) -> None:
    await office.word("action me in 2 weeks write the runbook")
    await office.world.deliver()
    assert ANNA not in {call.channel for call in office.world.slack.of(Post)}
    assert (await item(office.world)).owner == ANNA


async def test_the_form_alone_asks_for_everything(office: User) -> None:
    answer = await office.word("action")
    assert "I still need" not in read(form_of(answer))
    for fields, field in (({"person": BEN}, "due"), ({"due": "2026-03-09"}, "person")):
        refused = await submit(office, answer, text="x", **fields)
        assert refused.refused
        assert refused.refused.field == field
    assert (await submit(office, answer, text=" ", person=BEN, due="2026-03-09")).refused
    done = await submit(office, answer, text="x y", person=BEN, due="2026-03-09", kind="detect", priority="1")
    assert not done.refused
    assert ((await item(office.world)).kind, (await item(office.world)).priority) == ("detect", 1)


async def test_what_cannot_be_is_refused_and_given_back(office: User) -> None:
    answer = await office.word(f"action <@{BEN}> by 2026-02-31 add it")
    assert "There is no day “by 2026-02-31”." in said(answer)
    assert answer.message
    assert "You typed" in read(answer.message)
    assert await item(office.world) is None


async def test_another_incident_is_named_from_anywhere_also_after_its_end(office: User) -> None:
    await office.world.change(1, rules.resolve)
    answer = await office.word(f"action INC-1 <@{BEN}> by friday add an alert", channel="CGENERAL")
    assert "*ACT-1* of INC-1 added" in said(answer)


async def test_a_false_alarm_has_none_and_a_duplicate_points_to_the_other(office: User) -> None:
    await office.world.change(1, rules.cancel, "Monitor was wrong")
    typed = f"action <@{BEN}> by friday add an alert"
    assert "was cancelled as a false alarm" in said(await office.word(typed))
    assert (await office.press("action_item")).refused
    assert await item(office.world) is None


async def test_a_double_click_adds_one(office: User) -> None:
    typed = f"action <@{BEN}> by friday add an alert"
    await office.word(typed)
    assert "*ACT-1*" in said(await office.word(typed))
    assert await item(office.world, 2) is None


async def test_done_needs_a_proof_and_not_doing_a_reason(office: User) -> None:
    await office.word(f"action <@{BEN}> by friday add an alert")
    await office.word(f"action <@{BEN}> by friday add another alert")
    form = await press(office, "action_done")
    empty = await submit(office, form)
    assert empty.refused
    assert empty.refused.field == "proof"
    assert "*ACT-1* is done: see PR 7" in said(await submit(office, form, proof="see PR 7"))
    assert "ACT-1 is already done" in said(await press(office, "action_done"))
    form = await press(office, "action_drop", 2)
    assert (await submit(office, form)).refused
    assert "will not be done: too dear" in said(await submit(office, form, reason="too dear"))
    assert "ACT-2 is already marked as not to be done" in said(await press(office, "action_move", 2))
    done = listed(await office.word("actions done"))
    assert "2 finished action items" in done
    assert "see PR 7" in done
    await press(office, "action_reopen", 2)
    assert "add another alert" in listed(await office.word("actions"))
    assert "ACT-2 is open already" in said(await press(office, "action_reopen", 2))


async def test_the_third_move_of_a_day_needs_a_reason(office: User) -> None:
    await office.word(f"action <@{BEN}> by friday add an alert")
    for day in ("2026-03-09", "2026-03-10"):
        assert not (await submit(office, await press(office, "action_move"), due=day)).refused
    assert "due on that day already" in said(
        await submit(office, await press(office, "action_move"), due="2026-03-10", reason="x")
    )
    form = await press(office, "action_move")
    assert "It was moved 2 times before." in read(form_of(form))
    refused = await submit(office, form, due="2026-03-11")
    assert refused.refused
    assert refused.refused.field == "reason"
    assert not (await submit(office, form, due="2026-03-11", reason="the vendor is late")).refused
    moves = (await item(office.world)).moves
    assert [each.by for each in moves] == [ANNA] * 3
    assert moves[2].reason == "the vendor is late"
    assert "moved 3 times" in listed(await office.word("actions"))
    assert (await submit(office, form, due="")).refused
    assert (await submit(office, form, due="2026-03-12", reason="x" * 501)).refused


async def test_it_is_handed_over_and_the_new_owner_is_told(office: User) -> None:
    await office.word("action me by friday add an alert")
    form = await press(office, "action_give")
    assert (await submit(office, form)).refused
    assert "already has ACT-1" in said(await submit(office, form, person=ANNA))
    assert not (await submit(office, form, person=CLEO)).refused
    await office.world.deliver()
    assert "gave you an action item" in next(
        str(call.message.text) for call in office.world.slack.of(Post) if call.channel == CLEO
    )


async def test_a_button_whose_item_belongs_to_another_incident_does_nothing(office: User) -> None:
    await office.word("action me by friday add an alert")
    await office.world.declare("Mails are late")
    assert "not there any more" in said(await press(office, "action_done", 1, incident=2))
    assert "not there any more" in said(await press(office, "action_take", 7))
    assert "not there any more" in said(await office.press("action_reopen", metadata={"number": 1}))


async def test_the_list_has_overdue_ones_first_pages_and_an_empty_state(office: User) -> None:
    assert "INC-1 has no open action item" in listed(await office.word("actions"))
    assert "No action item is open." in listed(await office.word("actions all"))
    assert "No action item is overdue" in listed(await office.word("actions overdue"))
    assert "You have no open action item" in listed(await office.word("actions mine"))
    assert "No action item is finished" in listed(await office.word("actions done"))
    assert "I do not know “gibberish”" in said(await office.word("actions gibberish"))
    for number in range(9):
        await office.word(f"action me in {number + 2} days change number {number}")
    await office.word("action me tomorrow the most urgent")
    office.world.clock.forward(days=2)
    first = listed(await office.word("actions"))
    assert first.index("the most urgent") < first.index("change number 0")
    assert "overdue since Tue 3 Mar 2026" in first
    assert "1 to 8 of 10" in first
    more = await office.press("actions_more", None, text="INC-1", metadata={"page": 1})
    assert "9 to 10 of 10" in listed(more)
    assert "There is nothing more: 10 in all" in listed(
        await office.press("actions_back", None, text="INC-1", metadata={"page": 2})
    )
    assert "1 overdue action item" in listed(await office.word("actions overdue INC-1"))


async def test_mine_and_home_have_the_persons_own(office: User) -> None:
    await office.word("action me tomorrow add an alert")
    await office.word(f"action <@{BEN}> tomorrow write a runbook")
    office.world.clock.forward(days=3)
    mine = listed(await office.word("mine"))
    assert "*Your action items* · 1 overdue" in mine
    assert "write a runbook" not in mine
    answer = await office.dispatcher.home(office.request(actor=BEN))
    assert "write a runbook" in read(form_of(answer))
    assert "add an alert" not in read(form_of(answer))
    for number in range(6):
        await office.word(f"action me in {number + 2} days change number {number}")
    assert "and 2 more: `/incident actions mine`" in listed(await office.word("mine"))


async def test_what_belongs_to_a_private_incident_is_seen_by_its_people_only(world: World) -> None:
    await opened(world, ANNA, BEN)
    user = User(world)
    refused = await user.word(f"action <@{CLEO}> by friday rotate the keys")
    assert "is not in the war room of INC-1, which is private" in said(refused)
    assert "added" in said(await user.word(f"action <@{BEN}> by friday rotate the keys"))
    elsewhere: dict[str, Any] = {"channel": "CGENERAL"}
    assert "rotate the keys" in listed(await user.word("actions", actor=BEN, **elsewhere))
    for typed in ("actions", "actions INC-1", "actions overdue"):
        assert "rotate" not in listed(await user.word(typed, actor=STRANGER, **elsewhere))
    assert "rotate" not in said(await press(user, "action_done", actor=STRANGER, **elsewhere))
    answer = await user.dispatcher.home(user.request(actor=STRANGER))
    assert "rotate" not in read(form_of(answer))


async def test_an_item_without_owner_is_taken_by_somebody_else(office: User) -> None:
    await office.word(f"action <@{BEN}> by friday add an alert")
    await office.world.deliver()
    await leave(office.world, BEN)
    shown = listed(await office.word("actions"))
    assert "no owner (Uben left)" in shown
    assert "*ACT-1* is" in said(await press(office, "action_take", actor=CLEO))
    assert (await item(office.world)).owner == CLEO
    refused = await office.word(f"action <@{BEN}> by friday add another")
    assert "was deactivated" in said(refused)


async def leave(world: World, person: str) -> None:
    """Their account is deactivated."""
    async with world.database.writing() as session:
        row = (await people.known(session, TEAM, [person]))[person]
        gone = PersonRow(**(row.model_dump() | {"is_active": False, "seen_at": world.clock()}))
        await people.remember(session, gone)


async def test_only_who_may_change_an_incident_settles_what_is_not_theirs(office: User) -> None:
    await office.word(f"action <@{BEN}> by friday add an alert")
    policy = replace(office.world.policy, may=nobody_changes())
    asked: dict[str, Any] = {"policy": policy, "actor": CLEO}
    assert "may change INC-1" in said(await press(office, "action_done", **asked))
    assert (await press(office, "action_done", policy=policy, actor=BEN)).view


def nobody_changes() -> Permissions:
    return Permissions({Capability.CHANGE: NOBODY})


async def test_a_timeline_of_an_item_leads_to_its_state(office: User) -> None:
    await office.word(f"action <@{BEN}> by friday add an alert")
    await submit(office, await press(office, "action_move"), due="2026-03-10")
    await submit(office, await press(office, "action_give"), person=CLEO)
    await submit(office, await press(office, "action_done"), proof="done")
    async with office.world.database.reading() as session:
        entries = await items.ITEMS.history(session, TEAM, 1)
    assert items.ITEMS.decider.fold(each.fact for each in entries) == await item(office.world)
