"""What the engine's tests run with: the engine, its first subject, a real database, and a hand-written fake Slack."""

import asyncio
import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from bot.app import REACTIONS
from bot.core.blocks import Message
from bot.core.decision import Refused
from bot.core.resources import shipped
from bot.core.templates import Templates
from bot.engine.acts.acts import Acts, unchanged
from bot.engine.acts.idempotency import Done
from bot.engine.clock.due import DuePoller
from bot.engine.delivery.deliverer import Deliverer
from bot.engine.delivery.effect_source import Subjects
from bot.engine.delivery.receipts import Receipts
from bot.engine.store.acts import Act
from bot.engine.store.database import Database
from bot.engine.subject import Subject
from bot.followup import near_miss_subject as near_misses
from bot.followup import subject as followups
from bot.followup.reactions import ACTION_ITEMS
from bot.incident import subject
from bot.incident.dispatch.neighbours import Neighbours
from bot.incident.domain import rules
from bot.incident.domain.effects import Effect
from bot.incident.domain.incident import Incident
from bot.incident.domain.policy import Policy
from bot.incident.domain.rules import Decision
from bot.incident.domain.timeline import Entry
from bot.incident.domain.vocabulary import Severity
from bot.incident.effects.installation import Installation
from bot.incident.store import incidents
from bot.ports.port import Begun, Delivered, Perform, Result
from bot.ports.slack.calls import (
    Call,
    CreateCanvas,
    CreateChannel,
    Edit,
    EditCanvas,
    FetchMessage,
    FetchPerson,
    FindPosted,
    LookAtChannel,
    Post,
    Remove,
    RemoveBookmark,
    SetBookmark,
    UploadFile,
    UploadPicture,
)
from bot.ports.slack.port import SLACK
from bot.review import subject as boards
from tests.conftest import StillClock

TEAM = "T1"
INCIDENTS = "CINCIDENTS"
ANNA, BEN, CLEO = "UANNA", "UBEN", "UCLEO"

C = TypeVar("C", bound=Call)


@dataclass
class FakeSlack:
    """Records the calls and answers as Slack would, or as `answers` says for a kind of call.

    Attributes:
        shown: the messages as Slack shows them, by channel and time stamp, in the order in which they were posted.
    """

    calls: list[Call] = field(default_factory=list)
    in_doubt: list[Call] = field(default_factory=list)
    answers: dict[type[Any], list[Result]] = field(default_factory=dict)
    shown: dict[tuple[str, str], Message] = field(default_factory=dict)
    under_way: list[Call] = field(default_factory=list)
    line_is_open: asyncio.Event = field(default_factory=asyncio.Event)
    rang: asyncio.Event = field(default_factory=asyncio.Event)
    _ts: "itertools.count[int]" = field(default_factory=lambda: itertools.count(1))

    async def perform(self, call: Call, doubt: bool = False) -> Result:  # noqa: FBT001, FBT002  # `Perform`'s shape
        """Answer as Slack does, once the line is open."""
        self.under_way.append(call)
        self.rang.set()
        await self.line_is_open.wait()
        self.calls.append(call)
        if doubt:
            self.in_doubt.append(call)
        if waiting := self.answers.get(type(call)):
            return waiting.pop(0)
        return self._usual(call)

    def __post_init__(self) -> None:
        self.line_is_open.set()

    async def round_trip(self, calls: int) -> list[str]:
        """With the line closed: wait for so many calls in progress, then let them through. Returns their kinds."""
        async with asyncio.timeout(10):
            while len(self.under_way) < calls:
                self.rang.clear()
                await self.rang.wait()
        kinds = sorted(type(call).__name__ for call in self.under_way)
        self.under_way.clear()
        self.line_is_open.set()
        self.line_is_open.clear()
        return kinds

    def of(self, kind: type[C]) -> list[C]:
        """The calls of one kind, in order."""
        return [call for call in self.calls if isinstance(call, kind)]

    def said(self) -> list[str]:
        """The texts of all posted messages, in order."""
        return [str(call.message.text) for call in self.of(Post)]

    def _usual(self, call: Call) -> Result:
        match call:
            case CreateChannel():
                return Delivered({"channel": f"CROOM{next(self._ts)}"})
            case Post():
                ts = f"{next(self._ts)}.000100"
                self.shown[call.channel, ts] = call.message
                return Delivered({"channel": call.channel, "ts": ts})
            case Edit():
                self.shown[call.channel, call.ts] = call.message
                return Delivered()
            case Remove():
                self.shown.pop((call.channel, call.ts), None)
                return Delivered()
            case FetchMessage():
                return Delivered({"text": "Errors everywhere", "author": CLEO, "link": "https://slack/p1"})
            case FindPosted():
                return Delivered()
            case LookAtChannel():
                return Delivered({"open": "yes"})
            case UploadFile():
                return Begun({"file": f"F{next(self._ts)}"})
            case UploadPicture():
                return Begun({"picture": f"F{next(self._ts)}"})
            case SetBookmark():
                known = call.bookmark or f"Bk{next(self._ts)}"
                return Delivered({"name": call.name, "id": known, "digest": call.digest})
            case RemoveBookmark():
                return Delivered({"name": call.name, "id": "", "digest": ""})
            case CreateCanvas():
                return Delivered({"id": "F1", **{each.name: each.digest for each in call.sections}})
            case EditCanvas():
                return Delivered({call.section.name: call.section.digest})
            case FetchPerson():
                return Delivered({"name": call.person.title(), "zone": "Europe/Berlin", "is_bot": "no"})
            case _:
                return Delivered()


class World:
    """Everything wired as in `bot.app`, without Bolt. Several on one database are replicas: `worker` names each."""

    def __init__(
        self,
        database: Database,
        policy: Policy,
        clock: StillClock,
        slack: FakeSlack | None = None,
        worker: str = "one",
        *,
        team: str = TEAM,
        incidents_channel: str = INCIDENTS,
        sees_do_not_disturb: bool = False,
        sections: Mapping[str, Any] | None = None,
    ) -> None:
        self.team = team
        self.jumped = 0.0  # seconds by which the clock has jumped without time passing
        self.database, self.policy, self.clock, self.slack = database, policy, clock, slack or FakeSlack()
        self.house = Installation(
            policy,
            Templates(shipped("templates")),
            incidents_channel,
            "https://acme.slack.com/",
            sees_do_not_disturb=sees_do_not_disturb,
            sections=sections or {},
        )
        woken = asyncio.Event()
        near_miss = near_misses.make(database, lambda: self.house, woken.set)
        incident = subject.make(
            database,
            lambda: self.house,
            team,
            woken.set,
            action_items=ACTION_ITEMS,
            reactions=(*REACTIONS, near_miss.declared),
        )
        followup = followups.make(database, lambda: self.house, woken.set)
        board = boards.make(database, lambda: self.house, team, woken.set)
        loaders = {**followup.loaders, **near_miss.loaders, **board.loaders}
        self.neighbours = Neighbours(loaders=loaders, keepers=followup.keepers, duties=(followup.duties,))
        self.followup = followup
        self.performs: dict[str, Perform] = {SLACK.key: self._perform}  # tests add outside worlds
        subjects: list[Subject] = [incident, followup, near_miss, board]
        self.incidents = incident.acts
        self.subjects: Subjects = {each.name: each.effect_source for each in subjects}
        self.acts: dict[str, Acts[Any, Any]] = {each.name: each.acts for each in subjects}
        due_sources = [each.due_source for each in subjects]
        self.due = DuePoller(database, team, due_sources, woken.set, self.timer)
        self.rooms = incident.rooms
        self.chores = (*incident.chores, *board.chores)
        self.do_not_disturb = incident.do_not_disturb
        self.deliverer = self.new_deliverer(woken, worker)
        self._acts = itertools.count(1)

    async def _perform(self, call: Call, doubt: bool) -> Result:  # noqa: FBT001  # `Perform`'s shape
        """As the Slack of this moment does it: tests put another one in its place."""
        return await self.slack.perform(call, doubt)

    def new_deliverer(self, woken: asyncio.Event | None = None, worker: str = "one") -> Deliverer:
        """A deliverer like that of another process on the same database."""
        return Deliverer(
            database=self.database,
            team=self.team,
            subjects=self.subjects,
            receipts=Receipts(self.subjects),
            performs=self.performs,
            now=self.now,
            worker=worker,
            woken=woken or asyncio.Event(),
            timer=self.timer,
        )

    def timer(self) -> float:
        """The seconds that have passed: as the clock says, without its jumps."""
        return self.clock().timestamp() - self.jumped

    def jump(self, **length: float) -> None:
        """Let the clock jump while no time passes."""
        self.clock.forward(**length)
        self.jumped += timedelta(**length).total_seconds()

    async def now(self) -> datetime:
        """The time that leases are measured by."""
        return self.clock()

    def act(self, name: str = "") -> Act:
        """Somebody does something now."""
        return Act(id=name or f"act-{next(self._acts)}", team=self.team, now=self.clock())

    async def declare(self, title: str = "Checkout is failing", *, act: str = "", **more: Any) -> Incident:
        """Declare an incident; SEV1 by Anna unless said otherwise."""
        done = await self.try_to_declare(title, act=act, **more)
        assert isinstance(done, Done)
        return done.stored.state

    async def try_to_declare(
        self,
        title: str,
        *,
        act: str = "",
        show: Callable[[Sequence[Effect]], Sequence[Effect]] = unchanged,
        **more: Any,
    ) -> Done[Incident] | Refused:
        """Declare an incident that may be refused, or that shows more than the rules ask for."""
        given: dict[str, Any] = {"severity": Severity.SEV1, "by": ANNA, "now": self.clock(), **more}
        return await self.incidents.begin(
            self.act(act), lambda number: rules.declare(number=number, title=title, **given), show
        )

    async def change(
        self, number: int, rule: Callable[..., Decision], *args: Any, by: str = ANNA, **more: Any
    ) -> Done[Incident] | Refused:
        """Change an incident by a rule, now."""
        now = self.clock()
        return await self.incidents.change(
            self.act(), number, lambda incident: rule(incident, *args, by=by, now=now, **more)
        )

    async def deliver(self) -> None:
        """Bring Slack up to date."""
        await self.deliverer.drain()

    async def tick(self) -> int:
        """Remind of what is due."""
        return await self.due.tick(self.clock())

    async def do_chores(self) -> None:
        """What else is done at each tick, beside the reading of war rooms."""
        for chore in self.chores[1:]:
            await chore(self.clock())

    async def incident(self, number: int) -> Incident:
        """The stored state."""
        async with self.database.reading() as session:
            stored = await incidents.INCIDENTS.by_number(session, self.team, number)
        assert stored is not None
        return stored.state

    async def timeline(self, number: int) -> list[Entry]:
        """The stored history."""
        async with self.database.reading() as session:
            stored = await incidents.INCIDENTS.by_number(session, self.team, number)
            assert stored is not None
            return await incidents.timeline(session, stored.id)
