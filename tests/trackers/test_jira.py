"""Action items with issues in Jira."""

import json
from collections.abc import AsyncIterator
from datetime import UTC
from typing import Any

import aiohttp
import pytest

from bot.core.route import HttpRequest
from bot.followup.domain.tracking import TrackerPolicy
from bot.followup.domain.vocabulary import State
from bot.ports.trackers.calls import Where
from bot.vendors import jira
from bot.vendors.trackers import Secrets, Trackers
from tests.conftest import StillClock
from tests.engine.world import BEN, CLEO, World
from tests.incident.views.reading import said as read
from tests.trackers.conftest import Desk, desk_of
from tests.trackers.jira_server import ACCOUNT, EMAIL, PROJECT, TOKEN, JiraServer
from tests.trackers.stand_in import LOST, Fault

POLICY = TrackerPolicy(
    tracker="jira",
    place=PROJECT,
    issue_type="Task",
    labels=("incident",),
    sends_all=True,
    people={BEN: ACCOUNT},
)
KEY = "OPS-1"


@pytest.fixture
async def server(clock: StillClock) -> AsyncIterator[JiraServer]:
    stand_in = JiraServer(time=clock().astimezone(UTC))
    async with stand_in.at_work():
        yield stand_in


@pytest.fixture
async def desk(world: World, server: JiraServer) -> AsyncIterator[Desk]:
    async with aiohttp.ClientSession() as session:
        secrets = Secrets(jira_url=server.url, jira_email=EMAIL, jira_token=TOKEN)
        yield await desk_of(world, Trackers(session, secrets), POLICY)


async def hear(desk: Desk, server: JiraServer, body: bytes, headers: dict[str, str]) -> None:
    for each in jira.heard(HttpRequest(body, "application/json", headers), server.url):
        await desk.following.follow(each)
    await desk.world.deliver()


async def listed(desk: Desk) -> str:
    message = (await desk.user.word("actions")).message
    assert message
    return read(message)


async def test_an_item_creates_an_issue_with_its_day_and_owner(desk: Desk, server: JiraServer) -> None:
    await desk.add("call *them*, see https://example.com/a_b")
    fields = server.issues[KEY]
    assert fields["summary"] == "call *them*, see https://example.com/a_b"
    assert fields["duedate"] == "2026-03-06"
    assert fields["assignee"] == {"accountId": ACCOUNT}
    first = fields["description"]["content"][0]["content"]
    assert [each["text"] for each in first] == ["call *them*, see ", "https://example.com/a_b"]
    assert first[1]["marks"] == [{"type": "link", "attrs": {"href": "https://example.com/a_b"}}]
    assert fields["labels"][0] == "incident"
    assert f"Jira <{server.url}browse/OPS-1|OPS-1>" in await listed(desk)


async def test_a_status_of_the_category_done_ends_it_and_another_reopens_it(
    desk: Desk, server: JiraServer
) -> None:
    await desk.add()
    server.move(KEY, "In Progress")
    await hear(desk, server, *server.webhook(KEY))
    assert (await desk.item()).is_open
    server.move(KEY, "Done")
    done = server.webhook(KEY)
    await hear(desk, server, *done)
    assert ((await desk.item()).state, (await desk.item()).outcome) == (
        State.DONE,
        f"{server.url}browse/OPS-1",
    )
    server.move(KEY, "To Do")
    await hear(desk, server, *server.webhook(KEY))
    await hear(desk, server, *done)
    assert (await desk.item()).is_open, "an old delivery changes nothing"
    server.move(KEY, "Won't Do")
    await hear(desk, server, *server.webhook(KEY, "jira:issue_deleted"))
    assert (await desk.item()).is_open
    await hear(desk, server, *server.webhook(KEY))
    assert (await desk.item()).state is State.NOT_DOING
    for nonsense in (b"", b"[]", b"{}", b'{"webhookEvent": "jira:issue_updated", "issue": 1}'):
        await hear(desk, server, nonsense, {})
    assert server.count("POST") == 1, "what came from there is never sent back"


@pytest.mark.parametrize(
    ("button", "field", "status"), [("action_done", "proof", "Done"), ("action_drop", "reason", "Won't Do")]
)
async def test_what_is_settled_here_takes_the_step_that_fits(
    desk: Desk, server: JiraServer, button: str, field: str, status: str
) -> None:
    await desk.add()
    fields: dict[str, Any] = {field: "too dear for us"}
    await desk.settle(button, **fields)
    assert server.issues[KEY]["status"]["name"] == status
    version = (await desk.item()).version
    await hear(desk, server, *server.webhook(KEY))
    await desk.poll()
    assert (await desk.item()).version == version
    await desk.settle("action_reopen")
    assert server.issues[KEY]["status"]["name"] == "To Do"
    assert "too dear" not in json.dumps([server.issues, server.comments])


async def test_a_workflow_without_such_a_step_is_told(desk: Desk, server: JiraServer) -> None:
    await desk.add()
    server.steps = ["In Progress"]
    await desk.settle("action_done", proof="see PR 7")
    assert "not up to date there: no_transition" in await listed(desk) + read(
        (await desk.user.word("actions done")).message  # type: ignore[arg-type]
    )
    (told,) = [each for each in desk.told() if "is not up to date" in each]
    assert "OPS-1" in told
    assert (await desk.item()).state is State.DONE


async def test_an_issue_that_is_so_already_takes_no_step(desk: Desk, server: JiraServer) -> None:
    await desk.add()
    server.move(KEY, "Done")
    await desk.settle("action_done", proof="see PR 7")
    assert server.count("POST") == 1


async def test_without_a_webhook_it_is_searched_for_changes_page_by_page(
    desk: Desk, server: JiraServer
) -> None:
    await desk.add()
    await desk.add("write a runbook for it")
    await desk.polling.look()
    server.move("OPS-2", "Done")
    await desk.poll()
    assert (await desk.item()).is_open
    assert (await desk.item(2)).state is State.DONE


async def test_a_lost_answer_creates_no_second_issue_although_the_search_lags_behind(
    desk: Desk, server: JiraServer
) -> None:
    server.faults = [Fault("POST", LOST, is_done=True)]
    server.indexed = False
    await desk.add()
    desk.world.clock.forward(minutes=1)
    await desk.world.deliver()
    server.indexed = True
    desk.world.clock.forward(minutes=2)
    await desk.world.deliver()
    assert list(server.issues) == [KEY]
    assert "OPS-1" in await listed(desk)


async def test_what_never_arrived_is_created_after_a_while(desk: Desk, server: JiraServer) -> None:
    server.faults = [Fault("POST", 503)]
    await desk.add()
    desk.world.clock.forward(minutes=1)
    await desk.world.deliver()
    assert not server.issues
    desk.world.clock.forward(minutes=2)
    await desk.world.deliver()
    assert list(server.issues) == [KEY]


async def test_an_item_that_is_over_before_it_was_sent_gets_no_issue(desk: Desk, server: JiraServer) -> None:
    server.faults = [Fault("POST", 503)]
    await desk.add()
    await desk.settle("action_done", proof="see PR 7")
    desk.world.clock.forward(minutes=3)
    await desk.world.deliver()
    assert not server.issues


async def test_another_day_is_set_and_another_owner_is_said(desk: Desk, server: JiraServer) -> None:
    await desk.add()
    await desk.settle("action_move", due="2026-03-12")
    assert server.issues[KEY]["duedate"] == "2026-03-12"
    server.faults = [Fault("POST", LOST, is_done=True)]
    await desk.settle("action_give", person=CLEO)
    desk.world.clock.forward(minutes=3)
    await desk.world.deliver()
    (comment,) = server.comments[KEY]
    assert "Ucleo" in json.dumps(comment)


async def test_what_a_project_has_no_field_for_is_left_out_or_said(desk: Desk, server: JiraServer) -> None:
    server.screen -= {"duedate", "assignee"}
    await desk.add()
    assert "duedate" not in server.issues[KEY]
    await desk.settle("action_move", due="2026-03-12")
    assert "Thu 12 Mar 2026" in json.dumps(server.comments[KEY])


@pytest.mark.parametrize("method", ["POST", "PUT"])
async def test_a_wrong_token_leaves_the_item_as_it_is(desk: Desk, server: JiraServer, method: str) -> None:
    if method == "PUT":
        await desk.add()
    server.faults = [Fault(method, 401)]
    await (desk.settle("action_move", due="2026-03-12") if method == "PUT" else desk.add())
    assert "unauthorized" in await listed(desk)
    assert (await desk.item()).is_open


@pytest.mark.parametrize("answer", ["[]", "{}", "nonsense", '{"issues": 1}'])
async def test_a_malformed_answer_is_tried_again(desk: Desk, server: JiraServer, answer: str) -> None:
    server.faults = [Fault("POST", 200, answer), Fault("POST", 200, answer)]
    await desk.add()
    desk.world.clock.forward(minutes=3)
    await desk.world.deliver()
    desk.world.clock.forward(minutes=1)
    await desk.world.deliver()
    assert list(server.issues) == [KEY]


async def test_doctor_asks_whether_it_may(desk: Desk, server: JiraServer) -> None:
    where = Where("jira", PROJECT)
    assert not await desk.trackers.check(where, "Task")
    assert await desk.trackers.check(where, "Epic") == "invalid"
    assert await desk.trackers.check(Where("jira", "NONE"), "Task") == "not_found"
    for answer, why in (("[]", "unexpected_answer"), ('{"permissions": {"A": {}}}', "forbidden")):
        server.faults = [Fault("GET", 200, answer)]
        assert await desk.trackers.check(where, "Task") == why
    server.faults = [Fault("GET", 401)]
    assert await desk.trackers.check(where, "Task") == "unauthorized"
