"""What the policy reserves for some people is refused to others, by whatever way they try."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.core.text import escape
from bot.engine.store import people as stored_people
from bot.engine.store.tables import PersonRow, UserGroupRow
from bot.incident.commands.request import MarkedMessage
from bot.incident.domain import rules
from bot.incident.domain.permissions import Capability, Permissions, Who
from bot.incident.domain.vocabulary import Role, Status
from bot.incident.views.choices import CHOSEN
from bot.ports.port import Delivered
from bot.ports.slack.calls import FetchMembers, FetchPerson
from tests.engine.rooms.members import STRANGER, in_room
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World

SRE = "SSRE"


@pytest.fixture
async def user(world: World) -> User:
    """INC-1 of Anna's with Ben in command, in CROOM1; acts come from elsewhere unless they say otherwise."""
    await world.declare()
    await world.change(1, rules.assign, Role.COMMANDER, BEN)
    world.slack.answers[FetchMembers] = [in_room(ANNA, BEN, CLEO)]
    await world.deliver()
    return User(world)


def policy(user: User, **chosen: Who) -> dict[str, Any]:
    """The policy, in which these may do that."""
    may = Permissions({Capability(name): who for name, who in chosen.items()})
    return {"policy": replace(user.world.policy, may=may)}


async def group(user: User, *people: str, trouble: str = "", days_ago: int = 0) -> None:
    """What is stored of the group of site reliability engineers."""
    now = user.world.clock()
    read_at = None if trouble == "unread" else now - timedelta(days=days_ago)
    row = UserGroupRow(
        team_id=TEAM,
        group_id=SRE,
        handle="sre",
        members=list(people),
        read_at=read_at,
        read_again_at=now,
        trouble="" if trouble == "unread" else trouble,
    )
    async with user.world.database.writing() as session:
        session.add(row)


ROLES = Who(holders=True)
ONLY_BEN = f"Only role holders may resolve or reopen INC-1: <@{BEN}> (Incident Commander)."


async def test_whoever_may_not_resolve_cannot_by_command_button_form_or_any_other_way(user: User) -> None:
    given = policy(user, resolve=ROLES) | {"actor": CLEO}
    carried = {"number": 1, "metadata": {"word": "resolve"}, "text": "rolled back"}
    tried = [
        await user.word("resolve rolled back", **given),
        await user.word("resolve INC-1: rolled back", channel="CELSE", **given),
        await user.word("close", **given),
        await user.word("status resolved", **given),
        await user.press("resolve", **given),
        await user.submit("resolve", {"summary": "rolled back"}, number=1, **given),
        await user.submit("status", {"status": "resolved"}, number=1, **given),
        await user.dispatcher.button(CHOSEN, user.request(**carried, **given)),
    ]
    names = {BEN: "Uben"}
    for answer in tried:
        assert answer.refused is not None
        assert answer.view is None
        assert ONLY_BEN.replace(f"<@{BEN}>", names[BEN]) == answer.refused.message or ONLY_BEN in said(answer)
    assert (await user.world.incident(1)).status is Status.TRIAGE
    assert "rolled back" in json.dumps(tried[0].message.blocks if tried[0].message else "")
    assert (await user.word("resolve rolled back", **(given | {"actor": BEN}))).refused is None
    assert (await user.world.incident(1)).status is Status.RESOLVED


async def test_nothing_is_posted_in_the_room_about_a_refused_act(user: User) -> None:
    before = len(user.world.slack.shown)
    with capture_logs() as logged:
        await user.word("resolve rolled back", **policy(user, resolve=ROLES), actor=CLEO)
    await user.world.deliver()
    assert len(user.world.slack.shown) == before
    told = [line for line in logged if line["event"] == "act.not_allowed"]
    assert [(line["capability"], line["unreadable"]) for line in told] == [(Capability.RESOLVE, [])]


async def test_members_of_the_room_may_and_others_may_not(user: User) -> None:
    given = policy(user, change=Who(members=True))
    refused = await user.word("note INC-1: from outside", channel="CELSE", actor=STRANGER, **given)
    assert "Only members of the war room of INC-1 and the commander may change INC-1" in said(refused)
    assert (
        await user.word("note INC-1: from elsewhere", channel="CELSE", actor=CLEO, **given)
    ).refused is None
    # Slack confirms that it was typed in the room, before the event that they have joined has come.
    assert (await user.word("note from inside", channel="CROOM1", actor=STRANGER, **given)).refused is None


async def test_the_members_of_a_user_group_may(user: User) -> None:
    await group(user, CLEO)
    given = policy(user, close=Who(groups=(SRE,)))
    refused = await user.word("cancel false alarm", actor=ANNA, **given)
    assert (
        f"Only members of @sre and the commander may cancel, merge or close INC-1; among them <@{BEN}>"
        in said(refused)
    )
    assert "I do not know" not in said(refused)
    assert (await user.word("cancel false alarm", actor=CLEO, **given)).refused is None


@pytest.mark.parametrize(
    ("trouble", "days_ago", "why"),
    [("missing_scope", 0, "missing_scope"), ("unread", 0, "not_read_yet"), ("", 2, "slack_does_not_answer")],
)
async def test_if_it_is_unknown_who_is_in_a_group_its_members_are_refused_and_the_commander_is_not(
    user: User, trouble: str, days_ago: int, why: str
) -> None:
    await group(user, CLEO, trouble=trouble, days_ago=days_ago)
    given = policy(user, close=Who(groups=(SRE,)))
    refused = await user.word("cancel false alarm", actor=CLEO, **given)
    assert f"I do not know who is in @sre at the moment ({why})" in said(refused)
    assert (await user.word("cancel false alarm", actor=BEN, **given)).refused is None


async def test_a_group_of_which_nothing_is_stored_is_unknown_too(user: User) -> None:
    refused = await user.word("declare sev1 The shop", actor=CLEO, **policy(user, declare=Who(groups=(SRE,))))
    assert f"the user group {SRE} at the moment (not_read_yet)" in said(refused)


async def test_a_declaration_with_a_commander_needs_the_right_to_give_command(user: User) -> None:
    given = policy(user, command=Who(people=(BEN,))) | {"actor": CLEO}
    fields = {"title": "The shop", "severity": "1"}
    refused = await user.submit("declare", fields | {"commander": CLEO}, **given)
    assert refused.refused is not None
    assert (refused.refused.field, "take command or give roles" in refused.refused.message) == (
        "commander",
        True,
    )
    assert (await user.submit("declare", fields, **given)).refused is None
    assert (await user.press("take_command", 2, **given)).refused is not None
    assert (await user.world.incident(2)).commander is None


async def test_whoever_may_not_change_an_incident_may_step_down_and_finish_their_own_tasks(
    user: User,
) -> None:
    await user.world.change(1, rules.assign, Role.SCRIBE, CLEO)
    await user.world.change(1, rules.add_task, text="look", assignee=CLEO)
    nobody = Who(people=(ANNA,))
    given = policy(user, change=nobody, command=nobody) | {"actor": CLEO}
    assert (await user.word("task look again", **given)).refused is not None
    assert (await user.word("task done 1", **given)).refused is None
    assert (await user.word("leave", **given)).refused is None
    assert (await user.world.incident(1)).roles_of(CLEO) == ()


async def test_a_message_that_may_not_be_marked_is_answered_and_not_noted(user: User) -> None:
    given = policy(user, change=ROLES) | {"actor": CLEO}
    marked = MarkedMessage("CROOM1", "1.0", by_reaction=True)
    answer = await user.shortcut("add_to_timeline", marked, **given)
    assert answer.message is not None
    assert "Only role holders may change INC-1" in answer.message.text
    assert (await user.shortcut("add_to_timeline", marked, **(given | {"actor": BEN}))).refused is None
    await user.world.deliver()
    taken_back = await user.dispatcher.unmarked(user.request(message=marked, **given))
    assert taken_back.message is not None
    assert "Only role holders may change INC-1" in taken_back.message.text


async def test_an_incident_is_merged_only_into_one_that_the_person_may_change(user: User) -> None:
    world = user.world
    for number in (2, 3):
        await world.declare(private=True)
        world.slack.answers[FetchMembers] = [in_room(ANNA, *([CLEO] if number == 3 else []))]
        await world.deliver()
    given = policy(user, see_private=Who(people=(CLEO,))) | {"actor": CLEO, "channel": "CELSE"}
    refused = await user.word("duplicate INC-3: of INC-2", **given)
    assert "Only members of the war room of INC-2 may change INC-2" in said(refused)
    assert (await world.incident(3)).duplicate_of is None


async def test_whoever_the_policy_names_sees_a_private_incident_and_the_log_says_so(user: User) -> None:
    world = user.world
    await world.declare(private=True)
    world.slack.answers[FetchMembers] = [in_room(ANNA)]
    await world.deliver()
    given = policy(user, see_private=Who(people=(CLEO,))) | {"channel": "CELSE"}
    with capture_logs() as logged:
        for text in ("timeline INC-2", "show INC-2", "list", "declare checkout"):
            assert (await user.word(text, actor=CLEO, **given)).refused is None
        home = await user.dispatcher.home(user.request(actor=CLEO, **given))
    seen = [line for line in logged if line["event"] == "access.private_seen"]
    assert len(seen) >= 5
    assert all(line["person"] == CLEO and line["incidents"] == [2] for line in seen)
    assert "title" not in str(seen)
    assert "INC-2" in str(home.view)
    assert "Only members of the war room of INC-2" in said(
        await user.word("note INC-2: hi", actor=CLEO, **given)
    )
    assert "no INC-2 that you can see" in said(await user.word("show INC-2", actor=STRANGER, **given))
    assert (await user.word("note INC-2: hi", actor=ANNA, **given)).refused is None


async def test_a_guest_does_not_see_private_incidents_even_if_the_policy_names_them(user: User) -> None:
    world = user.world
    await world.declare(private=True)
    world.slack.answers[FetchMembers] = [in_room(ANNA)]
    await world.deliver()
    world.slack.answers[FetchPerson] = [Delivered({"name": "Gina", "is_guest": "yes"})]
    given = policy(user, see_private=Who(people=("UGINA",))) | {"channel": "CELSE", "actor": "UGINA"}
    assert "no INC-2 that you can see" in said(await user.word("show INC-2", **given))
    assert "INC-2" not in said(await user.word("list", **given))


async def test_admins_administer_unless_the_policy_names_others(user: User) -> None:
    async with user.world.database.writing() as session:
        row = PersonRow(team_id=TEAM, user_id="UADA", name="Ada", is_admin=True, seen_at=user.world.clock())
        await stored_people.remember(session, row)
    may = user.dispatcher.may_administer
    assert await may(user.request(actor="UADA"))
    assert not await may(user.request(actor=CLEO))
    named = policy(user, administer=Who(people=(CLEO,)))
    assert await may(user.request(actor=CLEO, **named))
    assert not await may(user.request(actor="UADA", **named))


def test_a_refusal_mentions_people_and_notifies_no_group() -> None:
    assert escape("Only members of @sre may") == "Only members of @sre may"


async def test_who_sees_a_private_incident_from_outside_is_told_that_they_cannot_follow_it(
    user: User,
) -> None:
    await user.world.declare("Secret", private=True)
    user.world.slack.answers[FetchMembers] = [in_room(ANNA)]
    await user.world.deliver()
    given = policy(user, see_private=Who(people=(CLEO,))) | {"channel": "CELSE"}
    assert "Only members of its war room" in said(await user.word("subscribe INC-2", actor=CLEO, **given))
    assert "You follow *INC-2*" in said(await user.word("subscribe INC-2", actor=ANNA, **given))
    assert "You follow *INC-1*" in said(await user.word("subscribe INC-1", actor=CLEO, **given))


async def test_a_look_back_at_private_incidents_by_whoever_the_policy_names_is_in_the_log(user: User) -> None:
    world = user.world
    await world.declare(private=True)
    world.slack.answers[FetchMembers] = [in_room(ANNA)]
    await world.deliver()
    given = policy(user, see_private=Who(people=(CLEO,))) | {"channel": "CELSE"}
    with capture_logs() as logged:
        seen = await user.word("metrics", actor=CLEO, **given)
        other = await user.word("metrics", actor=STRANGER, **given)
    assert "2 incidents declared from" in said(seen)
    assert "1 incident declared from" in said(other)
    lines = [line for line in logged if line["event"] == "access.private_seen"]
    assert [(line["person"], line["incidents"]) for line in lines] == [(CLEO, [2])]


async def test_the_load_of_others_is_only_for_those_whom_the_policy_names(user: User) -> None:
    for by, told in ((ANNA, "Nobody may see how much others have worked"), (CLEO, "2 people in incidents")):
        chosen = {"see_load": Who(people=(CLEO,))} if by == CLEO else {}
        given = policy(user, **chosen) | {"channel": "CELSE", "actor": by}
        assert told in said(await user.word("metrics load", **given))
    given = policy(user, see_load=Who(people=(CLEO,))) | {"channel": "CELSE", "actor": ANNA}
    assert f"Only <@{CLEO}> may see how much others have worked" in said(
        await user.word("metrics load", **given)
    )
    assert "Your incidents declared from" in said(await user.word("metrics me", **given))
