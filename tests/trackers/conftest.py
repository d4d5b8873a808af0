"""A workspace whose action items have issues in a stand-in."""

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.core.route import HttpRequest
from bot.engine.store.database import Database
from bot.engine.store.tables import TrackedIssueRow
from bot.followup.dispatch.following import Following
from bot.followup.dispatch.polling import Polling
from bot.followup.domain.action_item import SUBJECT, ActionItem
from bot.followup.domain.policy import ActionPolicy, policy_of
from bot.followup.domain.tracking import TrackerPolicy
from bot.followup.store import items, tracked
from bot.incident.dispatch.answers import Answer
from bot.incident.domain.policy import Policy
from bot.ports.slack.calls import Post
from bot.ports.trackers.port import TRACKER
from bot.vendors import github
from bot.vendors.trackers import Secrets, Trackers
from tests.conftest import StillClock
from tests.engine.user import User
from tests.engine.world import BEN, TEAM, World
from tests.trackers.github_server import REPOSITORY, TOKEN, GitHubServer

GITHUB = TrackerPolicy(
    tracker="github", place=REPOSITORY, labels=("incident",), sends_all=True, people={BEN: "octocat"}
)


@dataclass
class Desk:
    """Somebody who works on action items, and what follows their issues."""

    user: User
    trackers: Trackers
    following: Following
    polling: Polling

    @property
    def world(self) -> World:
        return self.user.world

    def decide(self, policy: TrackerPolicy) -> None:
        """The team has another policy from now on."""
        self.world.house = replace(self.world.house, sections={SUBJECT: ActionPolicy(tracker=policy)})

    async def add(self, title: str = "add an alert on replica lag") -> None:
        """Anna gives Ben an action item."""
        await self.user.word(f"action <@{BEN}> by friday {title}")
        await self.world.deliver()

    async def press(self, name: str, number: int = 1, **given: Any) -> Answer:
        """Somebody presses a button of an item."""
        return await self.user.press(name, 1, metadata={"number": 1, "item": number}, **given)

    async def settle(self, button: str, number: int = 1, **fields: Any) -> None:
        """Press a button, submit its form, and deliver what follows."""
        answer = await self.press(button, number)
        if view := answer.view:
            metadata = json.loads(view["private_metadata"])
            await self.user.submit(view["callback_id"], fields, metadata=metadata, number=metadata["number"])
        await self.world.deliver()

    async def item(self, number: int = 1) -> ActionItem:
        """The stored item."""
        async with self.world.database.reading() as session:
            stored = await items.ITEMS.by_number(session, TEAM, number)
        assert stored
        return stored.state

    async def row(self, number: int = 1) -> TrackedIssueRow | None:
        """What is stored of its issue."""
        async with self.world.database.reading() as session:
            stored = await items.ITEMS.by_number(session, TEAM, number)
            assert stored
            return await tracked.of_stream(session, stored.id)

    async def hear(self, body: bytes, headers: dict[str, str]) -> None:
        """What a genuine webhook of GitHub says is followed."""
        for each in github.heard(HttpRequest(body, "application/json", headers)):
            await self.following.follow(each)
        await self.world.deliver()

    async def poll(self) -> None:
        """Some time later, the tracker is asked."""
        self.world.clock.forward(minutes=2)
        await self.polling.look()
        await self.world.deliver()

    def told(self, person: str = BEN) -> list[str]:
        """What a person was told in direct messages."""
        return [str(call.message.text) for call in self.world.slack.of(Post) if call.channel == person]


async def desk_of(world: World, trackers: Trackers, policy: TrackerPolicy) -> Desk:
    """A desk with an open incident."""
    world.performs[TRACKER.key] = trackers.perform
    following = Following(world.database, TEAM, world.followup.acts, world.now, lambda: None)
    polling = Polling(
        world.database,
        TEAM,
        tracker=lambda: policy_of(world.house.sections).tracker,
        fetch=trackers.changes,
        follow=following.follow,
        now=world.now,
    )
    desk = Desk(User(world), trackers, following, polling)
    desk.decide(policy)
    await world.declare("Checkout is failing")
    await world.deliver()
    return desk


@pytest.fixture
def world(database: Database, policy: Policy, clock: StillClock) -> World:
    return World(database, replace(policy, canvas=False), clock)


@pytest.fixture
async def server(clock: StillClock) -> AsyncIterator[GitHubServer]:
    stand_in = GitHubServer(time=clock().astimezone(UTC))
    async with stand_in.at_work():
        yield stand_in


@pytest.fixture
async def desk(world: World, server: GitHubServer) -> AsyncIterator[Desk]:
    async with aiohttp.ClientSession() as session:
        yield await desk_of(
            world, Trackers(session, Secrets(github_token=TOKEN, github_url=server.url)), GITHUB
        )


def at(text: str) -> datetime:
    """A time in UTC."""
    return datetime.fromisoformat(text)
