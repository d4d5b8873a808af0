"""Delivery: in order where it matters, side by side where not, until Slack shows what is true."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.application.calls import (
    CreateChannel,
    Dead,
    Delivered,
    Edit,
    FetchMessage,
    FindPosted,
    InvitePeople,
    Pin,
    Post,
    ReplaceView,
    Respond,
    Retry,
    ShareFile,
    Topic,
    UploadFile,
)
from bot.application.incidents import Done
from bot.core.decision import Refused
from bot.incident.domain import facts, rules
from bot.incident.domain.effects import ReadMessage, ShareDraft, ShowLink
from bot.incident.domain.vocabulary import Severity
from bot.store import outbox, revival
from bot.store.surroundings import look_around
from bot.store.tables import EffectRow
from tests.application.world import ANNA, BEN, CLEO, INCIDENTS, TEAM, World


async def test_a_declared_incident_gets_its_room_and_all_that_belongs_in_it(world: World) -> None:
    await world.declare()
    await world.deliver()
    (room,) = world.slack.of(CreateChannel)
    (invited,) = world.slack.of(InvitePeople)
    card, announcement = sorted(world.slack.of(Post), key=lambda post: post.channel == INCIDENTS)
    (pin,) = world.slack.of(Pin)
    assert room.names[0] == "inc-1-checkout-is-failing"
    assert invited.people == (ANNA,)
    assert card.channel == invited.channel == world.slack.of(Topic)[0].channel == pin.channel
    assert announcement.channel == INCIDENTS


async def test_a_room_costs_three_round_trips_not_eight(world: World) -> None:
    world.slack.line_is_open.clear()
    await world.declare()
    delivering = asyncio.create_task(world.deliver())
    rounds = [await world.slack.round_trip(calls) for calls in (2, 4, 2)]
    await delivering
    assert rounds == [
        ["CreateChannel", "FetchPerson"],
        ["InvitePeople", "Post", "Post", "Topic"],
        ["FetchMembers", "Pin"],
    ]


async def test_a_private_incident_is_announced_nowhere(world: World) -> None:
    await world.declare(private=True)
    await world.deliver()
    assert world.slack.of(CreateChannel)[0].private
    assert [post.channel for post in world.slack.of(Post)] == [world.slack.of(Pin)[0].channel]


async def test_messages_of_one_room_keep_their_order(world: World) -> None:
    incident = await world.declare()
    for each in range(10):
        await world.change(incident.number, rules.note, f"note {each}")
    await world.deliver()
    notes = [text for text in world.slack.said() if "note" in text]
    assert [text[-6:] for text in notes] == [f"note {each}" for each in range(10)]


async def test_ten_changes_before_delivery_become_one_card(world: World) -> None:
    incident = await world.declare()
    for each in range(10):
        await world.change(incident.number, rules.post_update, f"update {each}")
    await world.deliver()
    cards = [post for post in world.slack.of(Post) if "Checkout" in str(post.message.text)]
    assert len(cards) == 2  # the card and the announcement
    assert "update 9" in str(cards[0].message.blocks)
    assert world.slack.of(Edit) == []


async def test_a_change_after_delivery_edits_the_card_in_place(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    await world.change(incident.number, rules.take_command, by=BEN)
    await world.deliver()
    edited = world.slack.of(Edit)
    assert {edit.channel for edit in edited} == {INCIDENTS, world.slack.of(Pin)[0].channel}
    assert all(f"<@{BEN}>" in str(edit.message.blocks) for edit in edited)


async def test_a_rate_limit_is_waited_for_and_loses_nothing(world: World) -> None:
    world.slack.answers[CreateChannel] = [Retry("ratelimited", after=timedelta(seconds=30))]
    await world.declare()
    await world.deliver()
    assert world.slack.of(Post) == []
    world.clock.forward(seconds=29)
    await world.deliver()
    assert len(world.slack.of(CreateChannel)) == 1
    world.clock.forward(seconds=1)
    await world.deliver()
    assert len(world.slack.of(Post)) == 2


async def test_tries_slow_down_when_slack_does_not_say_how_long(world: World) -> None:
    world.slack.answers[CreateChannel] = [Retry("service_unavailable")] * 4
    await world.declare()
    waited = []
    for _ in range(4):
        await world.deliver()
        started, tries = world.clock(), len(world.slack.of(CreateChannel))
        while len(world.slack.of(CreateChannel)) == tries:
            world.clock.forward(seconds=1)
            await world.deliver()
        waited.append((world.clock() - started).total_seconds())
    assert waited == [1, 2, 4, 8]


async def test_what_slack_puts_off_for_ever_is_given_up_and_holds_up_its_lane_no_longer(world: World) -> None:
    world.slack.answers[Topic] = [Retry("internal_error")] * 2000
    incident = await world.declare()
    while not (dead := await _dead(world)):
        world.clock.forward(minutes=12)
        await world.deliver()
    assert [(row.kind, row.error) for row in dead] == [("SetTopic", "internal_error")]
    assert world.clock() - incident.declared_at > timedelta(days=1)
    world.slack.answers[Topic] = []
    await world.change(incident.number, rules.resolve)
    await world.deliver()
    assert "over" in world.slack.of(Topic)[-1].text


async def _dead(world: World) -> Sequence[EffectRow]:
    async with world.database.reading() as session:
        return await outbox.dead(session, TEAM)


async def test_what_may_have_arrived_is_looked_for_before_it_is_sent_again(world: World) -> None:
    world.slack.answers[Post] = [Retry("ServerDisconnectedError", doubt=True)]
    await world.declare()
    await world.deliver()
    world.clock.forward(minutes=1)
    await world.deliver()
    assert [type(call) for call in world.slack.in_doubt] == [Post]


async def test_what_surely_did_not_arrive_is_just_sent_again(world: World) -> None:
    world.slack.answers[Post] = [Retry("ratelimited", after=timedelta(seconds=1))]
    await world.declare()
    await world.deliver()
    world.clock.forward(minutes=1)
    await world.deliver()
    assert world.slack.in_doubt == []


async def test_the_effects_of_a_worker_that_died_are_taken_over_in_doubt(world: World) -> None:
    await world.declare()
    async with world.database.writing() as session:
        claimed = await outbox.claim(session, TEAM, world.clock(), "died", 1)
    await world.deliver()
    assert world.slack.of(CreateChannel) == []
    world.clock.forward(seconds=outbox.LEASE.total_seconds())
    await world.deliver()
    assert len(claimed) == 1
    assert world.slack.in_doubt == world.slack.of(CreateChannel)
    assert len(world.slack.of(CreateChannel)) == 1


async def test_what_a_worker_that_is_surely_gone_held_is_taken_over_at_once(world: World) -> None:
    await world.declare()
    async with world.database.writing() as session:
        await outbox.claim(session, TEAM, world.clock(), "gone", 1)
        await outbox.claim(session, TEAM, world.clock(), "alive", 1)
    async with world.database.writing() as session:
        assert await outbox.take_over(session, TEAM, lambda worker: worker == "gone") == 1
    await world.deliver()
    assert world.slack.in_doubt == world.slack.of(CreateChannel)


async def test_a_replica_whose_clock_is_behind_delivers_at_once_what_one_ahead_has_written(
    world: World,
) -> None:
    world.clock.forward(minutes=1)
    await world.declare()
    world.clock.forward(minutes=-1)
    await world.deliver()
    assert len(world.slack.of(Pin)) == 1


async def test_two_workers_never_deliver_the_same_effect(world: World) -> None:
    for each in range(5):
        await world.declare(f"Incident {each}")
    other = world.new_deliverer(worker="two")
    await asyncio.gather(world.deliver(), other.drain())
    await world.deliver()
    names = [call.names[0] for call in world.slack.of(CreateChannel)]
    assert len(names) == len(set(names)) == 5
    assert len(world.slack.of(Pin)) == 5


async def test_a_dead_effect_blocks_no_other_and_the_room_hears_of_it(world: World) -> None:
    world.slack.answers[Topic] = [Dead("user_is_restricted")]
    incident = await world.declare()
    await world.deliver()
    await world.change(incident.number, rules.resolve)
    await world.deliver()
    warning = next(text for text in world.slack.said() if "could not" in text)
    assert "set the channel topic" in warning
    assert "user_is_restricted" in warning
    assert len(world.slack.of(Topic)) == 2  # the next change tries anew


async def test_a_dead_effect_can_be_sent_again_by_an_operator(world: World) -> None:
    world.slack.answers[Pin] = [Dead("too_many_pins")]
    await world.declare()
    await world.deliver()
    async with world.database.writing() as session:
        revived = await revival.revive(session, TEAM, world.clock())
    await world.deliver()
    assert revived == 1
    assert len(world.slack.of(Pin)) == 2


async def test_a_warning_is_given_once_an_hour_however_often_it_fails(world: World) -> None:
    world.slack.answers[Topic] = [Dead("user_is_restricted")] * 4
    incident = await world.declare()
    await world.deliver()
    for minutes in (1, 1, 61):
        world.clock.forward(minutes=minutes)
        await world.change(incident.number, rules.resolve)
        await world.change(incident.number, rules.reopen, "It is back")
        await world.deliver()
    assert sum("could not set the channel topic" in text for text in world.slack.said()) == 2


async def test_where_the_room_cannot_be_reached_who_commands_is_told_directly(world: World) -> None:
    incident = await world.declare(private=True)
    await world.change(incident.number, rules.take_command, by=BEN)
    await world.deliver()
    world.slack.answers[Post] = [Dead("channel_not_found")] * 2  # the news, and the warning about it
    await world.change(incident.number, rules.note, "found it")
    await world.deliver()
    told = world.slack.of(Post)[-1]
    assert told.channel == BEN
    assert "*INC-1*: I could not post in the war room: Slack says `channel_not_found`" in told.message.text
    assert "Invite me" in told.message.text
    assert "Checkout" not in str(told.message)


async def test_while_nobody_commands_who_declared_is_told(world: World) -> None:
    incident = await world.declare(by=CLEO)
    await world.deliver()
    world.slack.answers[Post] = [Dead("is_archived")] * 2
    await world.change(incident.number, rules.note, "found it")
    await world.deliver()
    assert world.slack.of(Post)[-1].channel == CLEO


async def test_warnings_are_not_sent_again_but_what_they_warned_of_is(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    world.slack.answers[Post] = [Dead("is_archived")] * 3
    await world.change(incident.number, rules.note, "found it")
    await world.deliver()
    async with world.database.writing() as session:
        untold = (await look_around(session, TEAM, None, (), 1)).untold  # by the room, and by whoever acts
        assert [warning.person for warning in untold] == ["", "UANNA"]
        assert await revival.revive(session, TEAM, world.clock()) == 1
    posted = len(world.slack.of(Post))
    await world.deliver()
    assert ["found it" in text for text in world.slack.said()[posted:]] == [True]
    async with world.database.reading() as session:
        assert (await look_around(session, TEAM, None, (), 1)).untold == ()
        assert await outbox.dead(session, TEAM) == []


async def test_a_method_that_the_server_lacks_is_reported_once(world: World) -> None:
    world.slack.answers[Topic] = [Dead("unknown_method")] * 3
    incident = await world.declare()
    await world.deliver()
    for severity in (Severity.SEV2, Severity.SEV3):
        await world.change(incident.number, rules.change_severity, severity)
        await world.deliver()
    assert sum("unknown_method" in text for text in world.slack.said()) == 1
    assert sum("SEV" in text for text in world.slack.said()) >= 2  # and the incident went on


@pytest.mark.parametrize("reason", ["message_not_found", "edit_window_closed", "cant_update_message"])
async def test_a_card_that_was_deleted_or_may_not_be_edited_is_posted_anew(world: World, reason: str) -> None:
    incident = await world.declare()
    await world.deliver()
    posted = len(world.slack.of(Post))
    world.slack.answers[Edit] = [Dead(reason), Delivered()]
    await world.change(incident.number, rules.snooze, timedelta(minutes=10))
    await world.deliver()
    assert len(world.slack.of(Post)) == posted + 1


async def test_where_the_room_cannot_be_opened_the_declarer_is_told(world: World) -> None:
    world.slack.answers[CreateChannel] = [Dead("restricted_action")]
    await world.incidents.declare(
        world.act(),
        lambda number: rules.declare(
            number=number, title="Down", severity=Severity.SEV1, by=ANNA, now=world.clock()
        ),
        ShowLink(response_url="https://slack/response"),
    )
    await world.deliver()
    (told,) = world.slack.of(Respond)
    assert "did not let me open its war room" in str(told.message.text)
    world.clock.forward(seconds=5)
    await world.deliver()
    assert [post.channel for post in world.slack.of(Post)] == [INCIDENTS]


async def test_the_form_turns_into_the_link(world: World) -> None:
    await world.incidents.declare(
        world.act(),
        lambda number: rules.declare(
            number=number, title="Down", severity=Severity.SEV1, by=ANNA, now=world.clock()
        ),
        ShowLink(view_id="V1"),
    )
    await world.deliver()
    (view,) = world.slack.of(ReplaceView)
    assert view.view_id == "V1"
    assert "<#CROOM" in str(view.view)


async def test_a_marked_message_enters_the_timeline_with_its_own_time_author_and_link(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    said_at = world.clock()
    world.clock.forward(minutes=20)
    effect = ReadMessage(channel="CROOM1", ts=f"{said_at.timestamp():.6f}", by=BEN)
    for _ in range(2):
        await world.incidents.show(world.act("note:CROOM1:1"), incident.number, (effect,))
        await world.deliver()
    notes = [
        entry.fact for entry in await world.timeline(incident.number) if isinstance(entry.fact, facts.Noted)
    ]
    assert len(notes) == 1
    assert (notes[0].text, notes[0].author, notes[0].by) == ("Errors everywhere", CLEO, BEN)
    assert (notes[0].at, notes[0].link) == (said_at, "https://slack/p1")


async def test_a_marked_message_without_words_is_noted_as_such(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    world.slack.answers[FetchMessage] = [Delivered({"text": "", "author": "", "link": ""})]
    effect = ReadMessage(channel="CROOM1", ts=f"{world.clock().timestamp():.6f}", by=BEN)
    await world.incidents.show(world.act(), incident.number, (effect,))
    await world.deliver()
    fact = (await world.timeline(incident.number))[-1].fact
    assert isinstance(fact, facts.Noted)
    assert (fact.text, fact.author) == ("(a message without text)", BEN)


async def test_the_draft_is_shared_as_a_file_with_names(world: World) -> None:
    incident = await world.declare(commander=BEN)
    await world.deliver()
    await world.incidents.show(world.act(), incident.number, (ShareDraft(),))
    await world.deliver()
    (upload,) = world.slack.of(UploadFile)
    (shared,) = world.slack.of(ShareFile)
    assert upload.filename == "inc-1-postmortem.md"
    assert "**Incident Commander**: Uben" in upload.content
    assert (shared.channel, shared.title) == (world.slack.of(Pin)[0].channel, "INC-1 postmortem draft")


async def test_a_running_deliverer_is_woken_by_a_commit_and_finishes_what_it_began(world: World) -> None:
    world.slack.line_is_open.clear()
    running = asyncio.create_task(world.deliverer.run())
    await world.declare()
    for calls in (2, 4, 1):
        await world.slack.round_trip(calls)
    world.deliverer.stop()
    async with asyncio.timeout(10):
        await running
    async with world.database.reading() as session:
        assert await outbox.backlog(session, TEAM) == (0, None)


async def test_changes_of_another_workspace_are_not_touched(world: World) -> None:
    await world.declare()
    act = world.act()
    other = await world.incidents.change(
        replace(act, team="T2"), 1, lambda state: rules.take_command(state, by=BEN, now=act.now)
    )
    assert other == Refused("There is no INC-1.")


@pytest.mark.parametrize("kind", ["TellRoom", "Nonsense"])
async def test_an_effect_that_cannot_be_read_dies_alone(world: World, kind: str) -> None:
    await world.declare()
    await world.deliver()
    async with world.database.writing() as session:
        await outbox.put(session, TEAM, 1, [ShareDraft()], world.clock())
        (row,) = await outbox.claim(session, TEAM, world.clock(), "one", 5)
        row.kind, row.due_at = kind, world.clock()
        session.add(row)
    await world.deliver()
    async with world.database.reading() as session:
        assert [row.kind for row in await outbox.dead(session, TEAM)] == [kind]


async def test_a_change_while_the_card_is_in_doubt_is_shown_in_the_end(world: World) -> None:
    world.slack.answers[Post] = [Retry("ServerDisconnectedError", doubt=True)] * 2
    incident = await world.declare()
    await world.deliver()
    await world.change(incident.number, rules.change_severity, Severity.SEV3)
    world.clock.forward(minutes=1)
    await world.deliver()
    card = world.slack.of(Pin)[0]
    shown = [edit for edit in world.slack.of(Edit) if edit.ts == card.ts]
    assert "SEV3" in str(shown[-1].message.blocks)


async def test_a_reminder_in_doubt_that_was_answered_meanwhile_is_found_and_closed(world: World) -> None:
    incident = await world.declare(commander=BEN)
    await world.deliver()
    world.clock.forward(minutes=15)
    await world.reminders.tick(world.clock())
    world.slack.answers[Post] = [Retry("ServerDisconnectedError", doubt=True)]
    await world.deliver()
    await world.change(incident.number, rules.post_update, "Rolling back", by=BEN)
    world.slack.answers[FindPosted] = [Delivered({"channel": "CROOM1", "ts": "99.000100"})]
    world.clock.forward(minutes=1)
    await world.deliver()
    closed = [edit for edit in world.slack.of(Edit) if edit.ts == "99.000100"]
    assert "answered with an update" in str(closed[0].message.text)


async def test_a_worker_does_not_take_its_own_work_from_itself_when_the_clock_jumps(world: World) -> None:
    world.slack.line_is_open.clear()
    await world.declare()
    delivering = asyncio.create_task(world.deliver())
    await world.slack.round_trip(2)
    world.clock.forward(hours=1)
    await world.slack.round_trip(4)
    await world.slack.round_trip(1)
    await delivering
    assert len(world.slack.of(CreateChannel)) == len(world.slack.of(Pin)) == 1


async def test_without_a_room_the_others_hear_of_it_all_the_same(world: World) -> None:
    world.slack.answers[CreateChannel] = [Dead("restricted_action")]
    incident = await world.declare(commander=BEN)
    await world.deliver()
    assert world.slack.of(Post) == []
    world.clock.forward(seconds=5)
    await world.deliver()
    (announced,) = [post for post in world.slack.of(Post) if post.channel == INCIDENTS]
    assert "no war room; `/incident update INC-1 …`" in str(announced.message.blocks)
    world.clock.forward(minutes=25)
    await world.reminders.tick(world.clock())
    await world.deliver()
    assert any("Nobody says how it stands" in text for text in world.slack.said())
    await world.change(incident.number, rules.post_update, "Half of it works", by=BEN)
    world.clock.forward(seconds=5)
    await world.deliver()
    assert "Half of it works" in str(world.slack.of(Edit)[0].message.blocks)


async def test_while_the_room_waits_the_others_hear_of_the_incident_and_then_where_to_go(
    world: World,
) -> None:
    world.slack.answers[CreateChannel] = [Retry("ratelimited", after=timedelta(seconds=30))]
    await world.declare()
    await world.deliver()
    world.clock.forward(seconds=5)
    await world.deliver()
    (announced,) = world.slack.of(Post)
    assert "its war room is being opened" in str(announced.message.blocks)
    world.clock.forward(seconds=25)
    await world.deliver()
    (linked,) = world.slack.of(Edit)
    assert (linked.channel, linked.ts) == (INCIDENTS, "1.000100")
    assert "<#CROOM2>" in str(linked.message.blocks)
    assert [post.channel for post in world.slack.of(Post)].count(INCIDENTS) == 1


async def test_of_a_private_incident_without_a_room_nobody_hears(world: World) -> None:
    world.slack.answers[CreateChannel] = [Dead("restricted_action")]
    await world.declare(private=True)
    await world.deliver()
    assert world.slack.of(Post) == []


async def test_a_card_that_is_posted_anew_is_pinned_anew(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    world.slack.answers[Edit] = [Dead("message_not_found")] * 2  # the card and the announcement, in any order
    await world.change(incident.number, rules.take_command, by=BEN)
    await world.deliver()
    first, second = world.slack.of(Pin)
    assert first.ts != second.ts


async def test_a_message_that_could_not_be_read_may_be_marked_again(world: World) -> None:
    incident = await world.declare()
    await world.deliver()
    effect = ReadMessage(channel="CROOM1", ts=f"{world.clock().timestamp():.6f}", by=BEN)
    world.slack.answers[FetchMessage] = [Dead("missing_scope")]
    for repeated in (False, False, True):
        done = await world.incidents.show(world.act(effect.act), incident.number, (effect,))
        await world.deliver()
        assert isinstance(done, Done)
        assert done.repeated is repeated
    notes = [
        entry.fact for entry in await world.timeline(incident.number) if isinstance(entry.fact, facts.Noted)
    ]
    assert len(notes) == 1


async def test_what_a_person_typed_does_not_enter_an_effects_error(world: World) -> None:
    await world.declare()
    await world.deliver()
    async with world.database.writing() as session:
        await outbox.put(session, TEAM, 1, [ShareDraft()], world.clock())
        (row,) = await outbox.claim(session, TEAM, world.clock(), "one", 5)
        row.kind, row.payload, row.due_at = "TellRoom", {"seq": "TOPSECRET"}, world.clock()
        session.add(row)
    await world.deliver()
    async with world.database.reading() as session:
        assert [row.error for row in await outbox.dead(session, TEAM)] == ["cannot be read"]


async def test_what_a_worker_gives_up_is_in_doubt_and_free_for_another_at_once(world: World) -> None:
    await world.declare()
    world.slack.line_is_open.clear()
    first = world.new_deliverer(worker="first")
    running = asyncio.create_task(first.run())
    async with asyncio.timeout(10):
        while len(world.slack.under_way) < 2:  # the channel, and who Anna is
            world.slack.rang.clear()
            await world.slack.rang.wait()
    first.stop()
    first.give_up()
    await running
    async with world.database.writing() as session:
        assert await outbox.release(session, TEAM, "somebody else") == 0
        released = await outbox.release(session, TEAM, "first")
    assert released == 2
    world.slack.line_is_open.set()
    await world.new_deliverer(worker="second").drain()
    assert len(world.slack.in_doubt) == 2
    async with world.database.reading() as session:
        assert await outbox.backlog(session, TEAM) == (0, None)
