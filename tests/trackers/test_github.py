"""Action items with issues in GitHub: created once, followed back, never in a loop, and never in anybody's way."""

import asyncio
import json

import pytest

from bot.followup.domain.facts import ActionItemDone
from bot.followup.domain.tracking import TrackerPolicy
from bot.followup.domain.vocabulary import State
from bot.followup.store import items
from bot.ports.trackers.calls import Where
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, TEAM
from tests.incident.views.reading import said as read
from tests.trackers.conftest import GITHUB, Desk
from tests.trackers.github_server import GitHubServer
from tests.trackers.stand_in import LOST, Fault

LINK = "https://github.com/acme/checkout/issues/1"


def listed(user_answer: object) -> str:
    return read(user_answer.message)  # type: ignore[attr-defined]


async def test_an_item_creates_an_issue_and_the_list_has_its_link(desk: Desk, server: GitHubServer) -> None:
    await desk.add("tell @channel about *lag* #7, see https://example.com/a_b")
    (issue,) = server.issues.values()
    assert issue["title"] == "tell @\u200bchannel about *lag* #\u200b7, see https://example.com/a_b"
    body = issue["body"]
    assert "@\u200bchannel about \\*lag\\* \\#\u200b7, see <https://example.com/a_b>" in body
    assert "Owner: **Uben**" in body
    assert "Due: **Fri 6 Mar 2026**" in body
    assert "ACT\\-1 of INC\\-1: prevent, medium priority" in body
    assert "Checkout" not in body, "no words of the incident"
    assert (issue["labels"], issue["assignees"]) == (["incident"], ["octocat"])
    assert f"GitHub <{LINK}|acme/checkout#1>" in listed(await desk.user.word("actions"))


async def test_closing_there_marks_it_done_with_the_link_and_reopening_reopens_it(
    desk: Desk, server: GitHubServer
) -> None:
    await desk.add()
    server.close(1)
    await desk.hear(*server.webhook(1, "closed"))
    item = await desk.item()
    assert (item.state, item.outcome, item.ended_by) == (State.DONE, LINK, "machine:GitHub")
    server.reopen(1)
    await desk.hear(*server.webhook(1, "reopened"))
    assert (await desk.item()).is_open
    server.close(1, "not_planned")
    await desk.hear(*server.webhook(1, "closed"))
    assert (await desk.item()).state is State.NOT_DOING
    assert server.count("PATCH") == 0, "what came from there is never sent back"


async def test_what_is_settled_here_is_settled_there_and_the_echo_changes_nothing(
    desk: Desk, server: GitHubServer
) -> None:
    await desk.add()
    await desk.settle("action_done", proof="https://example.com/pull/7")
    assert (server.issues[1]["state"], server.issues[1]["state_reason"]) == ("closed", "completed")
    version = (await desk.item()).version
    await desk.hear(*server.webhook(1, "closed"))
    await desk.poll()
    await desk.poll()
    assert (await desk.item()).version == version
    assert (await desk.item()).outcome == "https://example.com/pull/7"
    await desk.settle("action_reopen")
    assert server.issues[1]["state"] == "open"
    await desk.settle("action_drop", reason="too dear for us")
    assert server.issues[1]["state_reason"] == "not_planned"
    assert "too dear" not in json.dumps([server.issues, server.comments]), "people's words stay here"
    assert server.count("PATCH") == 3


async def test_a_replayed_or_overtaken_webhook_changes_nothing(desk: Desk, server: GitHubServer) -> None:
    await desk.add()
    server.close(1)
    closed = server.webhook(1, "closed")
    server.issues[1] |= {"state": "open", "state_reason": "reopened"}  # in the same second
    reopened = server.webhook(1, "reopened")
    await desk.hear(*closed)
    await desk.hear(*reopened)
    await desk.hear(*closed)
    assert (await desk.item()).is_open, "sent again within the same second"
    server.close(1)
    await desk.hear(*server.webhook(1, "closed"))
    await desk.hear(*reopened)
    assert (await desk.item()).state is State.DONE, "older than what is known"


async def test_an_echo_that_arrives_while_a_newer_change_waits_here_does_not_undo_it(
    desk: Desk, server: GitHubServer
) -> None:
    await desk.add()
    server.faults = [Fault("PATCH", LOST, is_done=True)]
    await desk.settle("action_done", proof="see PR 7")
    await desk.press("action_reopen")
    await desk.hear(*server.webhook(1, "closed"))
    assert (await desk.item()).is_open
    desk.world.clock.forward(minutes=1)
    await desk.world.deliver()
    assert server.issues[1]["state"] == "open"


async def test_other_events_other_issues_and_nonsense_are_ignored(desk: Desk, server: GitHubServer) -> None:
    await desk.add()
    server.close(1)
    body, headers = server.webhook(1, "closed", event="ping")
    await desk.hear(body, headers)
    server.issues[7] = server.issues[1] | {"number": 7}
    await desk.hear(*server.webhook(7, "closed"))
    server.issues[1]["pull_request"] = {}
    await desk.hear(*server.webhook(1, "closed"))
    for nonsense in (
        b"",
        b"[" * 100_000,
        b"[]",
        b"{}",
        b'{"repository": {"full_name": "acme/checkout"}, "issue": {"state": 1}}',
    ):
        await desk.hear(nonsense, {"X-GitHub-Event": "issues"})
    assert (await desk.item()).is_open


async def test_without_a_webhook_it_is_asked_and_an_unchanged_answer_costs_nothing(
    desk: Desk, server: GitHubServer
) -> None:
    await desk.add()
    await desk.polling.look()
    server.close(1)
    await desk.poll()
    assert (await desk.item()).state is State.DONE
    await desk.poll()
    asked = server.count("GET")
    await desk.polling.look()
    assert server.count("GET") == asked, "it is not due yet"
    server.faults = [Fault("GET", 403, headers={"X-RateLimit-Remaining": "0", "Retry-After": "600"})]
    await desk.poll()
    await desk.poll()
    assert server.count("GET") == asked + 1, "it waits as long as it was asked to"
    server.reopen(1)
    desk.world.clock.forward(minutes=10)
    await desk.poll()
    assert (await desk.item()).is_open
    assert server.count("PATCH") == 0


async def test_another_day_and_another_owner_are_said_as_comments(desk: Desk, server: GitHubServer) -> None:
    await desk.add()
    await desk.settle("action_move", due="2026-03-12")
    server.faults = [Fault("POST", LOST, is_done=True)]
    await desk.settle("action_give", person=CLEO)
    desk.world.clock.forward(minutes=2)
    await desk.world.deliver()
    moved, given = server.comments[1]
    assert "Due now: **Thu 12 Mar 2026**" in moved
    assert "Owner now: **Ucleo**" in given, "and it is said once"


async def test_a_comment_that_was_refused_is_said_after_try_again(desk: Desk, server: GitHubServer) -> None:
    await desk.add()
    server.faults = [Fault("POST", 403)]
    await desk.settle("action_move", due="2026-03-12")
    assert "not up to date there: forbidden" in listed(await desk.user.word("actions"))
    (told,) = [each for each in desk.told() if "is not up to date" in each]
    assert "forbidden" in told
    assert not server.comments
    await desk.settle("action_track")
    assert "Thu 12 Mar 2026" in server.comments[1][0]
    assert "not up to date" not in listed(await desk.user.word("actions"))


@pytest.mark.parametrize(
    "fault",
    [
        Fault("POST", LOST, is_done=True),
        Fault("POST", 502, "<html>Bad gateway</html>", is_done=True),
        Fault("POST", 201, "half of an answ", is_done=True),
        Fault("POST", 201, "[]", is_done=True),
    ],
)
async def test_a_lost_answer_creates_no_second_issue(desk: Desk, server: GitHubServer, fault: Fault) -> None:
    server.faults = [fault]
    await desk.add()
    assert "not in GitHub yet" in listed(await desk.user.word("actions"))
    desk.world.clock.forward(minutes=2)
    await desk.world.deliver()
    assert list(server.issues) == [1]
    assert LINK in listed(await desk.user.word("actions"))


async def test_a_bot_that_is_killed_in_the_midst_of_a_creation_creates_no_second_issue(
    desk: Desk, server: GitHubServer
) -> None:
    held = asyncio.Event()
    server.faults = [Fault("POST", 201, is_done=True, holds=held)]
    adding = asyncio.create_task(desk.add())
    async with asyncio.timeout(30):
        await server.done.wait()
    desk.world.deliverer.give_up()  # nothing is written down, as after a kill
    adding.cancel()
    held.set()
    other = desk.world.new_deliverer(worker="two")
    await other.drain()
    assert list(server.issues) == [1], "the lease still counts"
    desk.world.clock.forward(minutes=2)
    await other.drain()
    assert list(server.issues) == [1]
    assert LINK in listed(await desk.user.word("actions"))


async def test_an_issue_of_a_lost_answer_is_found_even_if_the_item_is_over_by_then(
    desk: Desk, server: GitHubServer
) -> None:
    server.faults = [Fault("POST", LOST, is_done=True)]
    await desk.add()
    await desk.settle("action_done", proof="see PR 7")
    desk.world.clock.forward(minutes=2)
    await desk.world.deliver()
    assert [each["state"] for each in server.issues.values()] == ["closed"]


async def test_an_item_that_is_over_before_it_was_sent_gets_no_issue(
    desk: Desk, server: GitHubServer
) -> None:
    server.faults = [Fault("POST", 503)]
    await desk.add()
    await desk.settle("action_done", proof="see PR 7")
    desk.world.clock.forward(minutes=2)
    await desk.world.deliver()
    assert not server.issues


@pytest.mark.parametrize(
    ("status", "headers", "body", "pause"),
    [
        (429, {"Retry-After": "120"}, "", 120),
        (403, {"Retry-After": "90"}, "", 90),
        (
            403,
            {
                "X-RateLimit-Remaining": "0",
                "X-RateLimit-Reset": "1772454000",
                "Date": "Mon, 02 Mar 2026 12:15:00 GMT",
            },
            "",
            301,
        ),
        (403, {}, '{"message": "You have exceeded a secondary rate limit."}', 60),
    ],
)
async def test_a_limit_is_waited_for(  # noqa: PLR0917  # the fixtures, and the parts of a case
    desk: Desk, server: GitHubServer, status: int, headers: dict[str, str], body: str, pause: int
) -> None:
    server.faults = [Fault("POST", status, body, headers)]
    await desk.add()
    desk.world.clock.forward(seconds=pause - 1)
    await desk.world.deliver()
    assert not server.issues
    desk.world.clock.forward(seconds=1)
    await desk.world.deliver()
    assert list(server.issues) == [1]


@pytest.mark.parametrize(
    ("status", "trouble"),
    [
        (401, "unauthorized"),
        (403, "forbidden"),
        (404, "not_found"),
        (410, "gone_there"),
        (422, "invalid"),
        (301, "moved"),
        (418, "http_418"),
    ],
)
async def test_a_refusal_leaves_the_item_as_it_is_and_the_owner_is_told_once(
    desk: Desk, server: GitHubServer, status: int, trouble: str
) -> None:
    server.faults = [Fault("POST", status, "no JSON")] * 2
    desk.decide(TrackerPolicy(tracker="github", place="acme/checkout", sends_all=True))
    await desk.add()
    assert f":warning: not in GitHub yet: {trouble}" in listed(await desk.user.word("actions"))
    (told,) = [each for each in desk.told() if "could not create" in each]
    assert trouble in told
    before = await desk.item()
    assert (before.is_open, before.version) == (True, 1)
    assert "is sent to GitHub" in said(await desk.press("action_track", actor=BEN))
    await desk.world.deliver()
    await desk.settle("action_move", due="2026-03-12")
    await desk.press("action_track", actor=BEN)
    await desk.world.deliver()
    assert LINK in listed(await desk.user.word("actions"))
    assert "not in GitHub" not in listed(await desk.user.word("actions"))
    assert "acme/checkout#1" in said(await desk.press("action_track", actor=BEN)), "it is there already"


async def test_an_unknown_login_does_not_keep_the_issue_out(desk: Desk, server: GitHubServer) -> None:
    desk.decide(
        TrackerPolicy(tracker="github", place="acme/checkout", sends_all=True, people={BEN: "nobody"})
    )
    await desk.add()
    assert "assignees" not in server.issues[1]


async def test_by_default_somebody_must_ask_for_an_issue(desk: Desk, server: GitHubServer) -> None:
    desk.decide(TrackerPolicy(tracker="github", place="acme/checkout"))
    await desk.add()
    assert not server.issues
    shown = await desk.user.word("actions")
    assert "Send to GitHub" in listed(shown)
    await desk.press("action_track")
    await desk.world.deliver()
    assert list(server.issues) == [1]


async def test_without_a_tracker_nothing_is_sent_or_offered(desk: Desk, server: GitHubServer) -> None:
    desk.decide(TrackerPolicy())
    await desk.add()
    assert "GitHub" not in listed(await desk.user.word("actions"))
    assert "No issue tracker is set up" in said(await desk.press("action_track"))
    desk.decide(GITHUB)
    await desk.press("action_track")
    desk.decide(TrackerPolicy())
    await desk.world.deliver()
    await desk.settle("action_done", proof="see PR 7")
    await desk.polling.look()
    assert not server.asked


async def test_a_tracker_without_a_token_is_said_to_the_owner(desk: Desk, server: GitHubServer) -> None:
    desk.decide(TrackerPolicy(tracker="jira", place="OPS", sends_all=True))
    await desk.add()
    assert "not in Jira yet: not_configured" in listed(await desk.user.word("actions"))
    await desk.polling.look()
    assert not server.asked


async def test_what_is_private_stays_here_unless_the_policy_says_so(desk: Desk, server: GitHubServer) -> None:
    await desk.world.declare("A leak", private=True)
    await desk.world.deliver()
    room: dict[str, str] = {"channel": "CGENERAL"}
    user: User = desk.user
    await user.word(f"action INC-2 <@{ANNA}> by friday rotate the keys", **room)
    await desk.world.deliver()
    assert not server.issues
    pressed = await user.press("action_track", 2, metadata={"number": 2, "item": 1})
    assert "private incident" in said(pressed)
    assert "Send to" not in listed(await user.word("actions INC-2", **room))
    desk.decide(TrackerPolicy(tracker="github", place="acme/checkout", private=True))
    await user.press("action_track", 2, metadata={"number": 2, "item": 1})
    await desk.world.deliver()
    assert list(server.issues) == [1]
    desk.decide(TrackerPolicy(tracker="github", place="acme/checkout"))
    await user.word("action INC-2 me by friday x y", **room)
    assert server.count("POST") == 1


async def test_the_history_says_who_settled_it_and_leads_to_the_state(
    desk: Desk, server: GitHubServer
) -> None:
    await desk.add()
    server.close(1)
    await desk.hear(*server.webhook(1, "closed"))
    async with desk.world.database.reading() as session:
        entries = await items.ITEMS.history(session, TEAM, 1)
    assert isinstance(entries[-1].fact, ActionItemDone)
    assert entries[-1].fact.by == "machine:GitHub"
    assert items.ITEMS.decider.fold(each.fact for each in entries) == await desk.item()
    assert "is already done, by GitHub" in said(await desk.press("action_done"))


@pytest.mark.parametrize("answer", ["{}", "nonsense", "[1]"])
async def test_a_malformed_answer_is_no_news(desk: Desk, server: GitHubServer, answer: str) -> None:
    await desk.add()
    server.close(1)
    server.faults = [Fault("GET", 200, answer)]
    await desk.poll()
    assert (await desk.item()).is_open
    if answer == "[1]":
        server.close(1)
    await desk.poll()
    assert (await desk.item()).state is State.DONE


@pytest.mark.parametrize("fault", [Fault("GET", 500), Fault("GET", 200, "{}"), Fault("GET", 401)])
async def test_in_doubt_nothing_is_created_before_it_was_looked(
    desk: Desk, server: GitHubServer, fault: Fault
) -> None:
    server.faults = [Fault("POST", LOST, is_done=True), fault]
    await desk.add()
    desk.world.clock.forward(minutes=2)
    await desk.world.deliver()
    await desk.settle("action_track")
    desk.world.clock.forward(minutes=2)
    await desk.world.deliver()
    assert list(server.issues) == [1]


async def test_a_renamed_repository_is_found_at_its_new_address_on_the_same_server_only(
    desk: Desk, server: GitHubServer
) -> None:
    there = f"{server.url}repos/acme/checkout/issues"
    server.faults = [Fault("POST", 301, headers={"Location": there})]
    await desk.add()
    assert list(server.issues) == [1]
    server.faults = [Fault("POST", 307, headers={"Location": there.replace("127.0.0.1", "localhost")})]
    await desk.add("write a runbook for it")
    assert list(server.issues) == [1]
    assert "not in GitHub yet: moved" in listed(await desk.user.word("actions"))


async def test_an_issue_among_many_is_found(desk: Desk, server: GitHubServer) -> None:
    server.faults = [Fault("POST", LOST, is_done=True)]
    await desk.add()
    for number in range(2, 150):
        server.issues[number] = server.issues[1] | {"number": number, "body": None}
    desk.world.clock.forward(minutes=2)
    await desk.world.deliver()
    assert len(server.issues) == 149
    assert LINK in listed(await desk.user.word("actions"))


async def test_a_full_page_of_changes_is_followed_by_the_next(desk: Desk, server: GitHubServer) -> None:
    await desk.add()
    await desk.polling.look()
    for number in range(2, 150):
        server.issues[number] = server.issues[1] | {
            "number": number,
            "updated_at": f"2026-03-02T12:0{number % 7}:00Z",
        }
    server.time = server.time.replace(minute=9)
    server.close(1)
    await desk.poll()
    assert (await desk.item()).state is State.DONE


async def test_doctor_asks_whether_it_may(desk: Desk, server: GitHubServer) -> None:
    where = Where("github", "acme/checkout")
    assert not await desk.trackers.check(where, "")
    assert await desk.trackers.check(Where("github", "acme/other"), "") == "not_found"
    assert await desk.trackers.check(Where("jira", "OPS"), "") == "not_configured"
    server.may = {"pull": True}
    assert await desk.trackers.check(where, "") == "forbidden"
    for answer, why in (("[]", "unexpected_answer"), ('{"has_issues": false}', "gone_there")):
        server.faults = [Fault("GET", 200, answer)]
        assert await desk.trackers.check(where, "") == why


async def test_an_item_of_another_incident_cannot_be_sent_by_a_forged_number(
    desk: Desk, server: GitHubServer
) -> None:
    desk.decide(TrackerPolicy(tracker="github", place="acme/checkout"))
    await desk.add()
    assert "not there any more" in said(await desk.press("action_track", 7))
    await desk.world.deliver()
    assert not server.issues


async def test_an_item_that_was_refused_and_is_over_can_be_tried_again(
    desk: Desk, server: GitHubServer
) -> None:
    await desk.add()
    server.faults = [Fault("PATCH", 403)]
    await desk.settle("action_done", proof="see PR 7")
    done = listed(await desk.user.word("actions done"))
    assert "Try again" in done
    assert "Reopen" in done
    await desk.settle("action_track")
    assert server.issues[1]["state"] == "closed"
    assert "Try again" not in listed(await desk.user.word("actions done"))


async def test_the_owner_is_not_told_of_what_works_by_then(desk: Desk, server: GitHubServer) -> None:
    desk.decide(TrackerPolicy(tracker="github", place="acme/checkout", sends_all=True))
    server.faults = [Fault("POST", 429, headers={"Retry-After": "1"})]
    await desk.add()
    desk.world.clock.forward(seconds=2)
    await desk.world.deliver()
    assert list(server.issues) == [1]
    assert not [each for each in desk.told() if "could not" in each]
