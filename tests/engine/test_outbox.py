"""Delivery: in order where order matters, in parallel elsewhere, until Slack shows the true state."""

import asyncio
from dataclasses import replace

from structlog.testing import capture_logs

from bot.core.png.render import NoPictureError
from bot.incident.domain import facts, rules
from bot.incident.domain.effects import ReadMessage, ShareDraft, ShowLink
from bot.incident.effects.show_link import with_link
from bot.ports.port import Delivered
from bot.ports.slack.calls import (
    CreateChannel,
    Edit,
    FetchMessage,
    InvitePeople,
    Pin,
    Post,
    ReplaceView,
    ShareFile,
    Topic,
    UploadFile,
    UploadPicture,
)
from tests.engine.world import ANNA, BEN, CLEO, INCIDENTS, World


async def test_a_declared_incident_gets_a_complete_war_room(world: World) -> None:
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


async def test_a_war_room_takes_three_round_trips(world: World) -> None:
    world.slack.line_is_open.clear()
    await world.declare()
    delivering = asyncio.create_task(world.deliver())
    rounds = [await world.slack.round_trip(calls) for calls in (2, 4, 3)]
    await delivering
    assert rounds == [
        ["CreateChannel", "FetchPerson"],
        ["InvitePeople", "Post", "Post", "Topic"],
        ["FetchMembers", "Pin", "SetBookmark"],
    ]


async def test_a_private_incident_is_not_announced(world: World) -> None:
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


async def test_the_form_is_replaced_by_the_link(world: World) -> None:
    await world.declare("Down", show=lambda effects: with_link(effects, ShowLink(view_id="V1")))
    await world.deliver()
    (view,) = world.slack.of(ReplaceView)
    assert view.view_id == "V1"
    assert "<#CROOM" in str(view.view)


async def test_a_marked_message_is_added_to_the_timeline_with_its_own_time_author_and_link(
    world: World,
) -> None:
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


async def test_a_marked_message_without_text_is_noted_as_such(world: World) -> None:
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
    world.clock.forward(minutes=5)
    await world.incidents.show(world.act(), incident.number, (ShareDraft(),))
    await world.deliver()
    (upload,) = world.slack.of(UploadFile)
    (shared,) = world.slack.of(ShareFile)
    assert upload.filename == "inc-1-postmortem.md"
    assert "**Incident Commander**: Uben" in upload.content
    (picture,) = world.slack.of(UploadPicture)
    assert picture.content.startswith(b"\x89PNG")
    assert picture.filename == "inc-1-timeline.png"
    assert picture.alt.startswith("Timeline of INC-1. From ")
    assert "SEV1; 1 role; " in picture.alt
    assert shared.picture
    assert shared.picture != shared.file
    assert (shared.channel, shared.title) == (world.slack.of(Pin)[0].channel, "INC-1 postmortem draft")


async def test_a_draft_whose_picture_cannot_be_drawn_is_shared_without_it(world: World) -> None:
    def fails(_svg: str) -> bytes:
        raise NoPictureError("the timeline could not be drawn: a font is missing")

    world.house = replace(world.house, draw=fails)
    incident = await world.declare()
    await world.deliver()
    await world.incidents.show(world.act(), incident.number, (ShareDraft(),))
    with capture_logs() as logs:
        await world.deliver()
    assert not world.slack.of(UploadPicture)
    (shared,) = world.slack.of(ShareFile)
    assert (shared.file != "", shared.picture) == (True, "")
    (told,) = [each for each in logs if each["event"] == "draft.no_picture"]
    assert told["error"] == "the timeline could not be drawn: a font is missing"
