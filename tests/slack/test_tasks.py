"""Tasks over the wire: typed, made from a message, pressed in the thread, in a direct message, on the Home tab."""

from typing import Any

import pytest

from bot.drills.stage import has, readable
from bot.sandbox.driver import ActionFailed
from tests.slack.conftest import Office
from tests.slack.test_home import home, shown


def mention(office: Office, name: str) -> str:
    return f"<@{office.sandbox.users[name]}>"


async def listed(office: Office, *words: str, by: str = "alice") -> dict[str, Any]:
    """The list of tasks in the thread of the card, as soon as it says this."""
    card = await office.stage.card("Checkout")

    def find(seen: dict[str, Any]) -> dict[str, Any] | None:
        replies = seen["thread"]["messages"] if seen["thread"] else []
        return next((each for each in replies if has(each, "Tasks of INC-1", *words)), None)

    found: dict[str, Any] = await office.person(by).until(find, office.stage.room, card["ts"])
    return found


async def direct(office: Office, name: str, *words: str) -> tuple[str, dict[str, Any]]:
    """The direct message to this person that says this, and its channel."""
    person = office.person(name)
    channel: str = await person.until(
        lambda seen: next(
            (c["id"] for c in seen["channels"] if c.get("is_im") or "warroom" in c["name"]), None
        )
    )

    def find(seen: dict[str, Any]) -> dict[str, Any] | None:
        return next((each for each in seen["channel"]["messages"] if has(each, *words)), None)

    message: dict[str, Any] = await person.until(find, channel)
    return channel, message


async def until_answered(office: Office, name: str, *words: str) -> None:
    """Wait until this person's direct messages say this."""
    await direct(office, name, *words)


async def test_a_task_is_listed_in_the_thread_and_told_to_its_person_who_marks_it_as_done(
    office: Office,
) -> None:
    await office.declare()
    told = await office.told("alice", f"task {mention(office, 'bob')} check replica lag")
    assert "Task *T1* of *INC-1* added for" in told
    await listed(office, "1 open", "check replica lag")
    channel, message = await direct(office, "bob", "gave you task *T1*", "check replica lag")
    await office.person("bob").click("task_done", channel=channel, ts=message["ts"])
    await until_answered(office, "bob", "Task *T1* of *INC-1* is done")
    await listed(office, "0 open, 1 done", "~check replica lag~")
    _, message = await direct(office, "bob", "is done")
    await office.person("bob").click("task_undo", channel=channel, ts=message["ts"])
    await listed(office, "1 open")


async def test_a_task_that_nobody_has_is_taken_and_done_in_the_thread(office: Office) -> None:
    await office.declare()
    await office.told("alice", "task fail over")
    shown_list = await listed(office, "nobody yet")
    await office.person("carol").join(office.stage.room)
    carol = office.person("carol")
    card = await office.stage.card("Checkout")
    assert shown_list["thread_ts"] == card["ts"]
    await carol.click("task_take", channel=office.stage.room, ts=shown_list["ts"])
    await listed(office, mention(office, "carol"))
    await carol.click("task_done", channel=office.stage.room, ts=shown_list["ts"])
    await listed(office, "0 open, 1 done")
    await carol.click("task_undo", channel=office.stage.room, ts=shown_list["ts"])
    await listed(office, "1 open")
    await carol.click("task_new", channel=office.stage.room, ts=shown_list["ts"])
    await carol.submit(text="call the vendor")
    assert "Task *T2* of *INC-1* added: call the vendor" in readable((await carol.see())["modals"])
    await listed(office, "2 open", "call the vendor")


async def test_the_private_lists_are_changed_in_place(office: Office) -> None:
    await office.declare()
    bob = office.person("bob")
    await office.told("alice", f"task {mention(office, 'bob')} check replica lag")
    await direct(office, "bob", "gave you task")
    for words, done, undo, empty in (
        ("tasks", "task_done", "task_undo", "0 open, 1 done"),
        ("mine", "mine_task_done", "mine_task_undo", "is done: check replica lag"),
    ):
        answer = await bob.command(office.stage.room, "/incident", words)
        (message,) = answer["messages"]
        assert "check replica lag" in readable(message)
        await bob.click(done, channel=office.stage.room, ts=message["ts"])
        changed = await office.stage.shows("bob", empty)
        await bob.click(undo, channel=office.stage.room, ts=changed["ts"])
        await listed(office, "1 open")


async def test_a_message_of_the_room_and_of_another_channel_is_made_a_task(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    said = await alice.say(office.stage.room, "can somebody look at *db-2*?")
    await alice.shortcut("make_task", channel=office.stage.room, ts=said["messages"][-1]["ts"])
    assert "can somebody look at *db-2*?" in str((await alice.see())["modals"])
    await alice.submit(person=office.sandbox.users["bob"])
    await listed(office, "can somebody look at *db-2*?", "this message")
    await alice.close(everything=True)
    said = await alice.say("general", "the vendor must be called")
    await alice.shortcut("make_task", channel="general", ts=said["messages"][-1]["ts"])
    question = (await alice.see("general"))["channel"]["messages"][-1]
    assert "To which incident" in readable(question)
    await alice.click("chosen", channel="general", ts=question["ts"])
    await alice.submit()
    await listed(office, "2 open", "the vendor must be called")


async def test_a_task_is_due_and_its_person_is_told_once(office: Office) -> None:
    await office.declare()
    await office.told("alice", f"task {mention(office, 'bob')} check replica lag in 10 min")
    await direct(office, "bob", "gave you task", "reminder")
    await office.stage.forward(9)
    await office.stage.forward(2)
    channel, _ = await direct(office, "bob", "Task *T1* is due")
    await office.stage.forward(2)
    await office.stage.forward(2)
    seen = (await office.person("bob").see(channel))["channel"]["messages"]
    assert sum(has(each, "is due") for each in seen) == 1
    room = (await office.person("bob").see(office.stage.room))["channel"]["messages"]
    assert not any(has(each, "check replica lag") for each in room)


async def test_a_task_on_the_home_tab_is_marked_as_done(office: Office) -> None:
    await office.declare()
    await office.told("alice", "task me check replica lag")
    await listed(office, "1 open")
    assert "*T1* check replica lag" in await home(office, "Your tasks")
    await office.person("alice").click("home_task_done", home=True)
    assert "Your tasks" not in await shown(office, "1 incident is open")
    await listed(office, "0 open, 1 done")


async def test_the_end_of_the_incident_lists_what_is_left_open(office: Office) -> None:
    await office.declare()
    await office.told("alice", f"task {mention(office, 'bob')} check replica lag")
    await listed(office, "1 open")
    await office.told("alice", "resolve rolled back")
    await office.stage.shows("alice", "Incident resolved", "Before everybody leaves", "check replica lag")
    over = await listed(office, "1 left open")
    with pytest.raises(ActionFailed):
        await office.person("alice").click("task_done", channel=office.stage.room, ts=over["ts"])


async def test_a_private_incidents_tasks_are_its_members_only(office: Office) -> None:
    alice = office.person("alice")
    await alice.command("general", "/incident", "declare Key leaked")
    await alice.submit(severity="1", private=["private"])
    office.stage.room = await alice.until(
        lambda seen: next((c["id"] for c in seen["channels"] if c["name"] == "inc-1-key-leaked"), None)
    )
    await office.stage.card("Key leaked")
    await office.told("alice", f"task {mention(office, 'bob')} rotate the key")
    await office.person("bob").until(lambda seen: any(c["id"] == office.stage.room for c in seen["channels"]))
    assert "There is no INC-1 that you can see" in await office.told("carol", "tasks INC-1", "general")
    assert "no role and no task" in await office.told("carol", "mine", "general")


async def test_a_reaction_makes_a_message_a_task_once_and_notifies_nobody_named_in_it(office: Office) -> None:
    room = await office.declare()
    await office.told("alice", f"assign {mention(office, 'carol')} deputy")  # so that her name is known
    await office.person("bob").join(room)
    text = f"{mention(office, 'carol')} should *tell* shipping"
    said = await office.person("bob").say(room, text)
    ts = said["messages"][-1]["ts"]
    await office.person("alice").react(room, ts, "clipboard")
    await office.stage.shows("alice", "Made it a task")
    await listed(office, "1 open", "Carol Chen should *tell* shipping")
    await office.person("bob").react(room, ts, "clipboard")
    await office.stage.shows("bob", "That message is a task already")
    assert "T2" not in await office.told("bob", "tasks")


async def test_a_reaction_in_the_room_of_a_closed_incident_makes_no_task(office: Office) -> None:
    room = await office.declare()
    await office.told("alice", "resolve rolled back")
    await office.person("bob").join(room)
    said = await office.person("bob").say(room, "tell shipping")
    await office.person("bob").react(room, said["messages"][-1]["ts"], "clipboard")
    await office.stage.shows("bob", "is resolved")
    assert "tell shipping" not in await office.told("bob", "tasks")
