"""The list of open action items in Slack: made once, a row for each, never a second one, and never in anybody's way."""

import json
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from bot.cli import lists as finding
from bot.engine.findings import Finding
from bot.engine.store.database import Database
from bot.engine.store.tables import PersonRow, SlackListItemRow, SlackListRow
from bot.followup.dispatch.list_keeping import BATCH, ListKeeping
from bot.followup.domain.action_item import SUBJECT
from bot.followup.domain.policy import ActionPolicy
from bot.followup.domain.tracking import TrackerPolicy
from bot.followup.store import items, slack_lists
from bot.incident.domain.policy import Policy
from bot.ports.port import Begun, Dead, Delivered, Result, Retry
from bot.ports.slack.lists import CreateList, KeepRow, ShareList
from bot.ports.slack.port import SLACK
from tests.conftest import StillClock
from tests.engine.user import User
from tests.engine.world import ANNA, BEN, INCIDENTS, TEAM, World

ON = TrackerPolicy(slack_list=True)


@dataclass
class Lists:
    """The lists of a workspace, beside all else that a fake Slack has.

    Attributes:
        refusals: what is answered to the next calls of a kind in the place of doing it.
        lost: how many rows are written without an answer.
    """

    world: World
    rows: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    shared: list[tuple[str, str]] = field(default_factory=list)
    refusals: dict[type[Any], list[Result]] = field(default_factory=dict)
    calls: list[object] = field(default_factory=list)
    lost: int = 0

    async def perform(self, call: Any, doubt: bool = False) -> Result:  # noqa: FBT001, FBT002  # `Perform`'s shape
        if not isinstance(call, (CreateList, ShareList, KeepRow)):
            return await self.world.slack.perform(call, doubt)
        self.calls.append(call)
        if waiting := self.refusals.get(type(call)):
            return waiting.pop(0)
        if isinstance(call, CreateList):
            made = f"F{len(self.rows) + 1}"
            self.rows[made] = {}
            return Delivered({"list": made} | {each["key"]: f"Col-{each['key']}" for each in call.columns})
        if isinstance(call, ShareList):
            self.shared.append((call.list_id, call.in_channel))
            return Delivered()
        return self._keep(call, doubt=doubt)

    def _keep(self, call: KeepRow, *, doubt: bool) -> Result:
        if call.list_id not in self.rows:
            return Delivered({"list": call.list_id, "gone": "list_not_found"})
        rows, at = self.rows[call.list_id], call.row
        if doubt and not at:
            at = next((row for row, cells in rows.items() if said(cells["reference"]) == call.key), "")
        if call.cells is None:
            rows.pop(at, None)
            at = ""
        else:
            at = at or f"Rec{len(self.calls)}"
            rows[at] = dict(call.cells)
        if self.lost:
            self.lost -= 1
            return Retry("TimeoutError", doubt=True)
        return Delivered({"list": call.list_id, "row": at, "version": str(call.version)})


def said(cell: Any) -> str:
    return str(cell["rich_text"][0]["elements"][0]["elements"][0]["text"])


@dataclass
class Desk:
    """Somebody who works on action items while the list is kept."""

    user: User
    lists: Lists
    keeping: ListKeeping

    @property
    def world(self) -> World:
        return self.user.world

    def decide(self, policy: TrackerPolicy, channel: str = INCIDENTS) -> None:
        sections = {SUBJECT: ActionPolicy(tracker=policy)}
        self.world.house = replace(self.world.house, sections=sections, incidents_channel=channel)

    async def add(self, title: str = "add an alert on lag") -> None:
        await self.user.word(f"action <@{BEN}> by friday {title}")

    async def settle(self, button: str, number: int = 1, **fields: Any) -> None:
        answer = await self.user.press(button, 1, metadata={"number": 1, "item": number})
        if view := answer.view:
            metadata = json.loads(view["private_metadata"])
            await self.user.submit(view["callback_id"], fields, metadata=metadata, number=metadata["number"])

    async def keep(self, **later: float) -> None:
        """Some time later the list is looked after, and what follows is shown."""
        self.world.clock.forward(**later)
        await self.keeping.look()
        await self.world.deliver()

    def rows(self, at: str = "F1") -> list[dict[str, Any]]:
        return list(self.lists.rows[at].values())

    async def stored(self) -> SlackListRow:
        async with self.world.database.reading() as session:
            found = await slack_lists.of_team(session, TEAM)
        assert found
        return found

    async def item_row(self) -> SlackListItemRow | None:
        async with self.world.database.reading() as session:
            stored = await items.ITEMS.by_number(session, TEAM, 1)
            assert stored
            return await slack_lists.of_stream(session, stored.id)

    async def doctor(self, channel: str = INCIDENTS, team: str = TEAM) -> list[Finding]:
        policy = self.world.house.sections[SUBJECT].tracker
        return [each async for each in finding.check(self.world.database, team, channel, policy)]


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    return World(database, replace(policy, canvas=False), clock)


@pytest.fixture
async def desk(world: World) -> Desk:
    lists = Lists(world)
    world.performs[SLACK.key] = lists.perform
    keeping = ListKeeping(
        world.database,
        TEAM,
        installation=lambda: world.house,
        perform=lists.perform,
        now=world.now,
        committed=lambda: None,
    )
    desk = Desk(User(world), lists, keeping)
    desk.decide(ON)
    await world.declare("Checkout is failing")
    await world.deliver()
    return desk


async def test_items_from_before_and_after_have_a_row_until_they_are_over(desk: Desk) -> None:
    await desk.add()
    await desk.keep()
    await desk.add("rehearse the failover")
    await desk.world.deliver()
    assert desk.lists.shared == [("F1", INCIDENTS)]
    first, second = desk.rows()
    assert (said(first["title"]), said(second["title"])) == ("add an alert on lag", "rehearse the failover")
    assert (said(first["reference"]), said(first["incident"])) == ("ACT-1", "INC-1")
    assert (first["owner"], first["due_on"]) == ({"user": [BEN]}, {"date": ["2026-03-06"]})
    assert (first["kind"], first["priority"]) == ({"select": ["prevent"]}, {"select": ["medium"]})
    await desk.settle("action_done", proof="https://example.com/1")
    await desk.world.deliver()
    assert [said(each["reference"]) for each in desk.rows()] == ["ACT-2"]
    await desk.settle("action_reopen")
    await desk.world.deliver()
    assert [said(each["reference"]) for each in desk.rows()] == ["ACT-2", "ACT-1"]
    calls = len(desk.lists.calls)
    await desk.keep(hours=1)
    assert len(desk.lists.calls) == calls, "nothing is written that is shown already"


async def test_there_is_none_without_the_policy_or_without_a_channel(desk: Desk) -> None:
    desk.decide(TrackerPolicy())
    await desk.add()
    await desk.keep()
    assert await desk.doctor() == []
    desk.decide(ON, "")
    await desk.keep()
    assert desk.lists.calls == []
    assert "INCIDENTS_CHANNEL" in (await desk.doctor(""))[0].remedy
    desk.decide(ON)
    assert "not made yet" in (await desk.doctor())[0].what
    await desk.keep()
    assert len(desk.rows()) == 1
    assert (await desk.doctor()) == [Finding("open action items are shown in a list in Slack (F1)")]


async def test_what_changed_while_it_was_off_is_caught_up_with(desk: Desk) -> None:
    await desk.add()
    await desk.add("another")
    await desk.keep()
    desk.decide(TrackerPolicy())
    await desk.settle("action_done", proof="https://example.com/1")
    await desk.world.deliver()
    assert len(desk.rows()) == 2
    desk.decide(ON)
    await desk.keep(hours=1)
    assert [said(each["reference"]) for each in desk.rows()] == ["ACT-2"]


async def test_items_of_private_incidents_are_never_in_it(desk: Desk) -> None:
    await desk.world.declare("Secret", private=True)
    await desk.world.deliver()
    await desk.user.word(f"action INC-2 <@{ANNA}> by friday rotate the keys", channel="CGENERAL")
    assert await desk.item_row() is None
    await desk.world.deliver()
    await desk.keep()
    await desk.keep(hours=1)
    assert desk.rows() == []
    assert not [each for each in desk.lists.calls if isinstance(each, KeepRow)]


async def test_a_lost_answer_makes_no_second_row(desk: Desk) -> None:
    await desk.keep()
    desk.lists.lost = 1
    await desk.add()
    await desk.world.deliver()
    desk.world.clock.forward(minutes=1)
    await desk.world.deliver()
    assert len(desk.rows()) == 1
    row = await desk.item_row()
    assert row
    assert row.row in desk.lists.rows["F1"]


async def test_a_lost_answer_leaves_no_row_of_an_item_that_is_over_by_then(desk: Desk) -> None:
    await desk.keep()
    desk.lists.lost = 1
    await desk.add()
    await desk.world.deliver()
    await desk.settle("action_drop", reason="too dear")
    desk.world.clock.forward(minutes=1)
    await desk.world.deliver()
    assert desk.rows() == []


@pytest.mark.parametrize("call", [CreateList, ShareList])
async def test_a_refusal_is_remembered_told_and_tried_again(desk: Desk, call: type[Any]) -> None:
    await desk.add()
    desk.lists.refusals[call] = [Dead("lists_disabled_user_team")]
    await desk.keep()
    await desk.keep(hours=1)
    assert [type(each) for each in desk.lists.calls].count(call) == 1
    (told,) = await desk.doctor(team="")
    assert "lists_disabled_user_team" in told.what
    assert "paid plan" in told.remedy
    await desk.keep(days=1)
    assert len(desk.rows()) == 1
    assert not (await desk.doctor())[0].remedy


async def test_a_refused_row_stops_all_until_it_is_tried_again(desk: Desk) -> None:
    await desk.keep()
    refused = Delivered({"list": "F1", "refused": "missing_scope"})
    desk.lists.refusals[KeepRow] = [refused]
    await desk.add()
    await desk.world.deliver()
    await desk.add("another")
    await desk.world.deliver()
    assert desk.rows() == []
    assert "manifest.yml" in (await desk.doctor())[0].remedy
    async with desk.world.database.writing() as session:
        await slack_lists.try_again(session, TEAM, desk.world.clock())
    await desk.keep()
    assert len(desk.rows()) == 2


async def test_a_deleted_list_is_replaced_by_another_with_all_rows_but_not_over_and_over(desk: Desk) -> None:
    await desk.add()
    await desk.keep()
    del desk.lists.rows["F1"]
    desk.lists.rows["F0"] = {}  # so that the next one is F2
    await desk.add("another")
    await desk.world.deliver()
    await desk.keep()
    assert "F2" not in desk.lists.rows, "not within the hour"
    await desk.keep(hours=1)
    assert len(desk.rows("F2")) == 2
    desk.lists.refusals[ShareList] = [Dead("list_not_found")]
    desk.decide(ON, "COTHER")
    await desk.keep(hours=1)
    assert (await desk.stored()).list_id == ""
    await desk.keep(minutes=1)
    assert desk.lists.shared[-1] == ("F3", "COTHER")


async def test_what_is_heard_of_an_earlier_list_does_not_count(desk: Desk) -> None:
    await desk.keep()
    desk.lists.refusals[KeepRow] = [Delivered({"list": "F9", "gone": "list_not_found"})]
    await desk.add()
    await desk.world.deliver()
    assert (await desk.stored()).list_id == "F1"


async def test_a_refusal_of_one_item_stops_only_that_item(desk: Desk) -> None:
    await desk.keep()
    desk.lists.refusals[KeepRow] = [Dead("user_not_found"), Dead("user_not_found")]
    await desk.add()
    await desk.world.deliver()
    await desk.add("another")
    await desk.settle("action_done", number=1, proof="https://example.com/1")
    await desk.world.deliver()
    row = await desk.item_row()
    calls = len(desk.lists.calls)
    await desk.keep(hours=1)
    assert row
    assert len(desk.lists.calls) == calls, "not again and again"


@pytest.mark.parametrize(
    ("result", "pause"),
    [
        (Retry("ratelimited"), 60),
        (Retry("TimeoutError", doubt=True), 600),
        (Retry("unexpected_answer", doubt=True, unexpected=True), 86_400),
        (Begun({}), 86_400),
    ],
)
async def test_an_outage_is_waited_for(desk: Desk, result: Result, pause: int) -> None:
    desk.lists.refusals[CreateList] = [result]
    await desk.keep()
    await desk.keep(seconds=pause - 1)
    assert desk.lists.rows == {}
    await desk.keep(seconds=1)
    assert list(desk.lists.rows) == ["F1"]


async def test_many_items_follow_in_parts(desk: Desk) -> None:
    for number in range(BATCH + 1):
        await desk.add(f"item {number}")
    await desk.world.deliver()
    await desk.keep()
    assert len(desk.rows()) == BATCH
    await desk.keep(minutes=1)
    assert len(desk.rows()) == BATCH + 1


async def test_an_owner_without_an_account_is_left_out(desk: Desk) -> None:
    await desk.add()
    await desk.world.deliver()
    async with desk.world.database.writing() as session:
        person = await session.get(PersonRow, (TEAM, BEN))
        if person is None:
            person = PersonRow(team_id=TEAM, user_id=BEN, name="Ben", seen_at=desk.world.clock())
        person.is_active = False
        session.add(person)
    await desk.keep()
    assert "owner" not in desk.rows()[0]
