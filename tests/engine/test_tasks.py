"""Tasks in the engine: the list is one message, people are told privately once, and kills repeat nothing."""

import asyncio
import json
from typing import Any

import pytest

from bot.engine.store.tables import StreamRow
from bot.incident.domain import facts, rules
from bot.incident.domain.tasks import TaskState
from bot.incident.domain.vocabulary import Role, Severity
from bot.incident.store import incidents, rooms
from bot.incident.views.mine import MINE_MAX
from bot.ports.port import Dead, Retry
from bot.ports.slack.calls import Edit, FetchMembers, FindPosted, InvitePeople, Post, UploadFile
from tests.engine.rooms.members import GONE, in_room, left, opened
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World
from tests.incident.views.reading import said as shown

ROOM = "CROOM1"


async def add(world: World, text: str = "Check replica lag", *, by: str = ANNA, **more: Any) -> None:
    await world.change(1, rules.add_task, text, by=by, **more)
    await world.deliver()


async def declared(world: World, **more: Any) -> None:
    await world.declare(commander=BEN, **more)
    await world.deliver()


def thread(world: World) -> list[Post]:
    """What was posted in the thread of the card."""
    return [post for post in world.slack.of(Post) if post.channel == ROOM and post.thread]


def the_list(world: World) -> str:
    """The list of tasks as Slack shows it."""
    (post,) = [
        message
        for (channel, _), message in world.slack.shown.items()
        if message.text.startswith("Tasks of") and channel == ROOM
    ]
    return shown(post)


def told(world: World, person: str, words: str) -> list[str]:
    """What one person was told directly."""
    return [
        shown(post.message)
        for post in world.slack.of(Post)
        if post.channel == person and words in shown(post.message)
    ]


async def due_in(world: World, minutes: float) -> None:
    """Let time pass, with a tick at the end."""
    world.clock.forward(minutes=minutes)
    await world.tick()
    await world.deliver()


async def test_the_list_is_one_message_in_the_thread_of_the_card_and_is_edited(world: World) -> None:
    await declared(world)
    in_channel = len([post for post in world.slack.of(Post) if post.channel == ROOM and not post.thread])
    await add(world)
    await add(world, "Fail over", assignee=CLEO)
    await world.change(1, rules.finish_task, 1, by=BEN)
    await world.deliver()
    (posted,) = thread(world)
    card = next(ts for channel, ts in world.slack.shown if channel == ROOM)
    assert posted.thread == card
    assert "*Tasks of INC-1*: 1 open, 1 done" in the_list(world)
    assert f"*T2* Fail over\n<@{CLEO}>" in the_list(world)
    assert "~Check replica lag~" in the_list(world)
    assert (
        len([post for post in world.slack.of(Post) if post.channel == ROOM and not post.thread]) == in_channel
    )


async def test_the_first_post_mentions_nobody_and_the_edits_do(world: World) -> None:
    await declared(world)
    await add(world, assignee=BEN)
    await add(world, "Fail over", assignee="USTRANGER")
    (posted,) = thread(world)
    assert "*T1* Check replica lag\nUben" in shown(posted.message)
    assert "<@" not in shown(posted.message)
    assert f"<@{BEN}>" in the_list(world)


async def test_many_changes_at_once_are_one_edit(world: World) -> None:
    await declared(world)
    await add(world)
    before = len(world.slack.of(Edit))
    for number in range(2, 30):
        await world.change(1, rules.add_task, f"Step {number}", by=ANNA)
    await world.deliver()
    assert len(world.slack.of(Edit)) == before + 1
    assert "29 open" in the_list(world)


async def test_an_assignee_is_invited_and_told_privately_once(world: World) -> None:
    await declared(world)
    await add(world, assignee=CLEO)
    assert world.slack.of(InvitePeople)[-1].people == (CLEO,)
    (text,) = told(world, CLEO, "gave you task *T1*")
    assert ">Check replica lag" in text
    assert f"<#{ROOM}>" in text
    await add(world, "Mine", by=BEN, assignee=BEN)
    assert told(world, BEN, "gave you") == []


async def test_who_is_given_a_task_and_does_not_have_it_any_more_is_not_told(world: World) -> None:
    await declared(world)
    await world.change(1, rules.add_task, "Check", by=ANNA, assignee=CLEO)
    await world.change(1, rules.assign_task, 1, BEN, by=ANNA)
    await world.change(1, rules.add_task, "Done soon", by=ANNA, assignee=CLEO)
    await world.change(1, rules.finish_task, 2, by=ANNA)
    await world.deliver()
    assert told(world, CLEO, "gave you") == []
    assert len(told(world, BEN, "gave you task *T1*")) == 1


async def test_nobody_is_told_of_a_task_of_an_incident_that_is_over(world: World) -> None:
    await declared(world)
    await world.change(1, rules.add_task, "Check", by=ANNA, assignee=CLEO)
    await world.change(1, rules.resolve, by=BEN)
    await world.deliver()
    assert told(world, CLEO, "gave you") == []


async def test_the_assignee_is_reminded_once_at_the_chosen_time(world: World) -> None:
    await declared(world)
    await add(world, assignee=CLEO, due_at=world.clock() + world.policy.snooze)
    await due_in(world, 9.9)
    assert told(world, CLEO, "is due") == []
    await due_in(world, 0.2)
    (text,) = told(world, CLEO, "Task *T1* is due")
    assert "*INC-1* Checkout is failing" in text
    for _ in range(5):
        await due_in(world, 10)
    await world.change(1, rules.post_update, "Half of it works", by=BEN)
    await due_in(world, 1)
    assert len(told(world, CLEO, "is due")) == 1


async def test_the_clock_looks_when_a_task_is_due_and_not_only_when_an_update_is(world: World) -> None:
    await declared(world)
    await add(world, assignee=CLEO, due_at=world.clock() + world.policy.snooze / 4)
    world.clock.forward(seconds=world.policy.snooze.total_seconds() / 4)
    assert await world.tick() == 1
    assert await world.tick() == 0


async def test_two_tasks_of_the_same_moment_are_two_reminders(world: World) -> None:
    await declared(world)
    for text in ("Check", "Fail over"):
        await add(world, text, assignee=CLEO, due_at=world.clock() + world.policy.snooze)
    await due_in(world, 10)
    assert len(told(world, CLEO, "is due")) == 2


async def test_nobody_is_reminded_of_what_is_done_or_over(world: World) -> None:
    await declared(world)
    due_at = world.clock() + world.policy.snooze
    await add(world, assignee=CLEO, due_at=due_at)
    await add(world, "Fail over", assignee=CLEO, due_at=due_at)
    await world.change(1, rules.finish_task, 1, by=CLEO)
    await world.change(1, rules.resolve, by=BEN)
    await due_in(world, 20)
    assert told(world, CLEO, "is due") == []


async def test_what_is_done_between_the_tick_and_the_delivery_is_not_reminded_of(world: World) -> None:
    await declared(world)
    await add(world, assignee=CLEO, due_at=world.clock() + world.policy.snooze)
    world.clock.forward(minutes=10)
    assert await world.tick() == 1
    await world.change(1, rules.finish_task, 1, by=CLEO)
    await world.deliver()
    assert told(world, CLEO, "is due") == []


async def test_a_reopened_incident_reminds_of_what_came_due_meanwhile(world: World) -> None:
    await declared(world)
    await add(world, assignee=CLEO, due_at=world.clock() + world.policy.snooze)
    await world.change(1, rules.resolve, by=BEN)
    await due_in(world, 20)
    await world.change(1, rules.reopen, "it is back", by=BEN)
    await due_in(world, 1)
    assert len(told(world, CLEO, "is due")) == 1


async def test_if_nobody_has_a_task_whoever_added_it_is_reminded(world: World) -> None:
    await declared(world)
    await add(world, by=CLEO, due_at=world.clock() + world.policy.snooze)
    await due_in(world, 10)
    (text,) = told(world, CLEO, "is due")
    assert "Nobody has taken it" in text


async def test_nobody_is_reminded_of_a_machines_task_that_nobody_has(world: World) -> None:
    await declared(world)
    await add(world, by="machine:Alertmanager", due_at=world.clock() + world.policy.snooze)
    await due_in(world, 10)
    assert told(world, ANNA, "is due") == []
    assert "nobody yet" in the_list(world)


async def test_whoever_has_left_a_private_incident_is_told_nothing_more(world: World) -> None:
    await opened(world, ANNA, BEN, CLEO)
    await add(world, by=CLEO, due_at=world.clock() + world.policy.snooze)
    await left(world, CLEO)
    await due_in(world, 10)
    assert told(world, CLEO, "") == []
    await world.change(1, rules.add_task, "Secret", by=ANNA, assignee=BEN)
    world.clock.forward(seconds=1)
    await left(world, BEN)
    await world.deliver()
    assert told(world, BEN, "Secret") == []


async def test_whoever_has_left_a_public_room_is_reminded_of_a_task_that_nobody_has(world: World) -> None:
    await opened(world, ANNA, BEN, CLEO, private=False)
    await add(world, by=CLEO, due_at=world.clock() + world.policy.snooze)
    await left(world, CLEO)
    await due_in(world, 10)
    assert len(told(world, CLEO, "is due")) == 1


async def test_two_replicas_and_a_crash_remind_once(world: World) -> None:
    await declared(world)
    await add(world, assignee=CLEO, due_at=world.clock() + world.policy.snooze)
    world.clock.forward(minutes=10)
    other = World(world.database, world.policy, world.clock, world.slack, "two")
    assert sum(await asyncio.gather(world.tick(), other.tick())) == 1
    world.slack.answers[Post] = [Retry("ServerDisconnectedError", doubt=True)]
    await world.deliver()
    world.clock.forward(minutes=1)
    await asyncio.gather(world.deliver(), other.deliver())
    assert len(world.slack.of(FindPosted)) == 0, "the gateway looks by itself"
    assert world.slack.in_doubt, "the second try looks whether the first has arrived"
    assert len([post for post in world.slack.of(Post) if "is due" in shown(post.message)]) == 2


async def test_a_reminder_of_a_task_leaves_the_reminders_of_promises_alone(world: World) -> None:
    await declared(world)
    await add(world, assignee=CLEO, due_at=world.clock() + world.policy.snooze)
    await due_in(world, 12)
    await due_in(world, 3)
    assert [text for text in world.slack.said() if "An update of *INC-1*" in text or "next update" in text]
    await world.change(1, rules.post_update, "Half of it works", by=BEN)
    await world.deliver()
    assert [edit for edit in world.slack.of(Edit) if "answered with an update" in str(edit.message.text)]


async def test_whoever_leaves_frees_their_tasks_and_the_room_is_told_once(world: World) -> None:
    await opened(world, ANNA, BEN, CLEO)
    await add(world, assignee=CLEO)
    await add(world, "Fail over", assignee=BEN)
    before = len(world.slack.of(Post))
    await left(world, CLEO)
    await world.deliver()
    (message,) = world.slack.of(Post)[before:]
    assert "left the room: nobody has task T1 now" in message.message.text
    await left(world, BEN)
    await world.deliver()
    (message,) = world.slack.of(Post)[before + 1 :]
    assert "is no longer Scribe" in message.message.text
    assert "Open tasks that nobody has: T1, T2" in shown(message.message)
    assert [task.assignee for task in (await world.incident(1)).tasks] == [None, None]


async def test_a_deactivated_person_without_a_role_loses_their_tasks(world: World) -> None:
    await declared(world)
    await add(world, assignee=CLEO)
    async with world.database.reading() as session:
        assert await rooms.of_responder(session, TEAM, CLEO) == [1]
    await world.rooms.changed(CLEO, GONE, world.clock())
    assert (await world.incident(1)).tasks[0].assignee is None
    assert isinstance((await world.timeline(1))[-1].fact, facts.TasksFreed)


async def test_a_card_that_is_posted_anew_takes_the_list_along(world: World) -> None:
    await declared(world)
    await add(world)
    world.slack.answers[Edit] = [Dead("message_not_found")]
    await world.change(1, rules.change_severity, Severity.SEV3, by=BEN)
    await world.deliver()
    first, second = thread(world)
    assert first.thread != second.thread


async def test_a_list_that_was_deleted_is_posted_anew(world: World) -> None:
    await declared(world)
    await add(world)
    world.slack.answers[Edit] = [Dead("message_not_found")]
    await add(world, "Fail over")
    assert len(thread(world)) == 2
    assert len({post.thread for post in thread(world)}) == 1


async def test_the_end_lists_what_is_left_open_in_the_room_and_in_the_draft(world: World) -> None:
    await declared(world)
    await add(world, assignee=CLEO)
    await add(world, "Fail over")
    await world.change(1, rules.finish_task, 2, by=CLEO)
    await world.change(1, rules.resolve, by=BEN)
    await world.deliver()
    (end,) = [
        post
        for post in world.slack.of(Post)
        if "Incident resolved" in post.message.text and post.channel == ROOM
    ]
    assert "• *T1* Check replica lag (Ucleo)" in shown(end.message)
    assert "1 left open, 1 done" in the_list(world)
    user = User(world)
    await user.press("postmortem", actor=BEN)
    await world.deliver()
    (draft,) = world.slack.of(UploadFile)
    assert "## Tasks left open\n\n- **T1**: Check replica lag (Ucleo)" in draft.content
    await world.change(1, rules.reopen, "it is back", by=BEN)
    await world.deliver()
    assert "1 open, 1 done" in the_list(world)


async def test_a_new_commander_reads_the_open_tasks(world: World) -> None:
    await declared(world)
    await add(world)
    await world.change(1, rules.assign, Role.COMMANDER, CLEO, by=ANNA, force=True)
    await world.deliver()
    (brief,) = told(world, CLEO, "You have command")
    assert "*Open tasks*\n• *T1* Check replica lag" in brief


async def test_mine_finds_tasks_and_roles_in_all_open_incidents_that_one_may_see(world: World) -> None:
    user = User(world)
    await declared(world)
    await add(world, assignee=CLEO)
    await world.declare("Mails are late", private=True, commander=CLEO)
    world.slack.answers[FetchMembers] = [in_room(ANNA)]
    await world.deliver()
    text = shown(answer) if (answer := (await user.word("mine", actor=CLEO, channel="C9")).message) else ""
    assert "*T1* Check replica lag" in text
    assert "Mails" not in text, "she has not joined its room"
    done = await user.press("mine_task_done", actor=CLEO, channel="C9", metadata={"task": 1})
    assert done.in_place
    assert done.message
    assert "Task *T1* of *INC-1* is done" in shown(done.message)


async def test_mine_reads_only_the_incidents_in_which_one_has_something_to_do(world: World) -> None:
    for _ in range(3):
        await world.declare(by=CLEO)
    await world.change(2, rules.add_task, "Check", by=ANNA, assignee=CLEO)
    async with world.database.reading() as session:
        found = await incidents.of_responder(session, TEAM, CLEO, MINE_MAX)
    assert [each.incident.number for each in found.worst] == [2]
    await world.change(2, rules.finish_task, 1, by=CLEO)
    async with world.database.reading() as session:
        assert (await incidents.of_responder(session, TEAM, CLEO, MINE_MAX)).is_empty


async def test_a_stranger_can_neither_press_nor_list_the_tasks_of_a_private_incident(world: World) -> None:
    await opened(world, ANNA, BEN)
    await add(world, "Secret")
    user = User(world)
    for button in ("task_done", "task_take", "task_undo", "mine_task_done", "home_task_done", "task_new"):
        answer = await user.press(button, actor=CLEO, channel="C9", metadata={"task": 1})
        assert "belongs to no incident" in said(answer)
    answer = await user.word("tasks INC-1", actor=CLEO, channel="C9")
    assert "There is no INC-1 that you can see" in said(answer)
    assert (await world.incident(1)).tasks[0].state is TaskState.OPEN


async def test_whoever_adds_a_task_is_answered_and_a_repetition_adds_nothing(world: World) -> None:
    await declared(world)
    user = User(world)
    answer = await user.word("task check lag in 10 min")
    assert "Task *T1* of *INC-1* added: check lag" in said(answer)
    again = await user.word("task check lag in 10 min")
    assert "nothing was added" in said(again)
    elsewhere = await user.word("task INC-1: fail over", channel="CGENERAL")
    assert "added: fail over" in said(elsewhere)
    assert elsewhere.message
    assert f"see <#{ROOM}>" in shown(elsewhere.message)
    form = await user.submit("task", {"text": "Call the vendor"}, number=1)
    assert "added: Call the vendor" in json.dumps(form.replace)
    assert len((await world.incident(1)).tasks) == 3


async def test_a_press_in_the_direct_message_is_answered_in_its_place(world: World) -> None:
    await declared(world)
    await add(world, assignee=CLEO)
    about = {"task": 1, "shown": "direct"}
    answer = await User(world).press("task_done", actor=CLEO, channel="DCLEO", metadata=about)
    assert answer.in_place
    assert "is done: Check replica lag" in said(answer)


@pytest.mark.parametrize("given", [None, 5, [7], [{"assignee": 5}], [{}]])
def test_a_damaged_document_names_nobody(given: object) -> None:
    row = StreamRow(team_id=TEAM, number=1, version=1, rank=1, private=False, state={"tasks": given})
    assert incidents.assignees(row) == set()
