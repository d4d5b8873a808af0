"""Duplicates on a real database: both incidents change or neither, and only for people who may see both."""

import asyncio
from datetime import timedelta
from typing import Any

from bot.core.decision import Refused
from bot.engine.acts.idempotency import Done
from bot.incident.dispatch import offline_postmortem
from bot.incident.domain import facts, rules
from bot.incident.domain.incident import Incident, fold
from bot.incident.domain.rules import Both
from bot.incident.domain.vocabulary import Role, Status
from bot.incident.store.figures import open_incidents
from bot.ports.port import Dead
from bot.ports.slack.calls import InvitePeople, Post, UploadFile
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World
from tests.incident.views.reading import said as read

DUPLICATE, ORIGINAL = 1, 2


async def two(world: World, **more: Any) -> tuple[str, str]:
    """Two incidents of Anna's; Ben is the scribe of the first one. Their war rooms."""
    await world.declare("Checkout is failing", **more)
    await world.deliver()
    await world.declare("Payments fail", **more)
    await world.deliver()
    await world.change(DUPLICATE, rules.assign, Role.SCRIBE, BEN)
    await world.deliver()
    rooms = [channel for channel in {post.channel for post in world.slack.of(Post)} if "ROOM" in channel]
    first, second = sorted(rooms, key=lambda channel: int(channel.removeprefix("CROOM")))
    return first, second


async def merge(world: World, number: int = DUPLICATE, other: int = ORIGINAL) -> Done[Incident] | Refused:
    def decide(incident: Incident, original: Incident) -> Both:
        return rules.mark_duplicate(incident, original, by=ANNA, now=world.clock(), room="CROOM5")

    return await world.incidents.change_both(world.act(), number, other, decide)


async def test_a_duplicate_is_closed_and_the_other_incident_knows_it(world: World) -> None:
    first, second = await two(world)
    answer = await User(world).word(f"duplicate of INC-{ORIGINAL}", channel=first)
    assert said(answer).strip() == ""
    duplicate, original = await world.incident(DUPLICATE), await world.incident(ORIGINAL)
    assert (duplicate.status, duplicate.duplicate_of, duplicate.original_room) == (
        Status.DUPLICATE,
        ORIGINAL,
        second,
    )
    assert original.duplicates == (DUPLICATE,)
    for number in (DUPLICATE, ORIGINAL):
        assert fold(each.fact for each in await world.timeline(number)) == await world.incident(number)


async def test_each_room_gets_one_message_and_the_people_are_brought_over(world: World) -> None:
    first, second = await two(world)
    before, invited = len(world.slack.of(Post)), len(world.slack.of(InvitePeople))
    await User(world).word(f"duplicate INC-{ORIGINAL}", channel=first)
    await world.deliver()
    posted = [(post.channel, str(post.message.text)) for post in world.slack.of(Post)[before:]]
    rooms = dict(each for each in posted if each[0] in (first, second))
    assert [channel for channel, _ in posted if channel in (first, second)].count(first) == 1
    assert f"closed as a duplicate of INC-{ORIGINAL}" in rooms[first]
    assert f"*Everything else goes on in <#{second}>*" in rooms[first]
    assert "INC-1 was merged into this incident as a duplicate: Checkout is failing" in rooms[second]
    assert [(call.channel, call.people) for call in world.slack.of(InvitePeople)[invited:]] == [
        (second, (BEN,))
    ]
    announced = [
        read(message) for (channel, _), message in world.slack.shown.items() if channel == "CINCIDENTS"
    ]
    assert any(f"duplicate of INC-{ORIGINAL} · <#{second}>" in text for text in announced)


async def test_a_person_who_cannot_be_brought_over_is_named_in_the_room(world: World) -> None:
    first, second = await two(world)
    world.slack.answers[InvitePeople] = [Dead("user_is_restricted", {BEN: "user_is_restricted"})]
    await User(world).word(f"duplicate INC-{ORIGINAL}", channel=first)
    await world.deliver()
    warned = [post.channel for post in world.slack.of(Post) if f"bring <@{BEN}>" in str(post.message.text)]
    assert warned == [second]


async def test_nobody_is_brought_over_who_is_there_or_after_the_merge_is_undone(world: World) -> None:
    first, second = await two(world)
    await world.rooms.joined(second, BEN, world.clock(), world.clock())
    invited = len(world.slack.of(InvitePeople))
    await User(world).word(f"duplicate INC-{ORIGINAL}", channel=first)
    await world.deliver()
    assert len(world.slack.of(InvitePeople)) == invited
    await world.change(ORIGINAL, rules.resolve)
    await User(world).word("reopen Another error", channel=first)
    await world.change(DUPLICATE, rules.assign, Role.DEPUTY, CLEO)
    await world.change(ORIGINAL, rules.reopen, "again")
    await world.deliver()
    invited = len(world.slack.of(InvitePeople))
    await merge(world)
    await User(world).word("reopen Yet another error", channel=first)
    await world.deliver()
    assert len(world.slack.of(InvitePeople)) == invited


async def test_reopen_undoes_it_in_both(world: World) -> None:
    first, second = await two(world)
    user = User(world)
    await user.word(f"duplicate of INC-{ORIGINAL}", channel=first)
    await user.word("reopen Another error", channel=first)
    await world.deliver()
    assert (await world.incident(DUPLICATE)).status is Status.TRIAGE
    assert (await world.incident(ORIGINAL)).duplicates == ()
    told = [str(post.message.text) for post in world.slack.of(Post) if post.channel == second]
    assert "INC-1 is open again, and is no longer a duplicate of this incident: Another error" in told[-1]


async def test_the_same_act_twice_merges_once(world: World) -> None:
    first, _ = await two(world)
    user = User(world)
    for _ in range(2):
        await user.word(f"duplicate of INC-{ORIGINAL}", channel=first, id="command:7")
    happened = [each.fact for each in await world.timeline(ORIGINAL)]
    assert sum(isinstance(each, facts.DuplicateMerged) for each in happened) == 1


async def test_a_refused_merge_changes_neither(world: World) -> None:
    await two(world)
    before = [await world.timeline(DUPLICATE), await world.timeline(ORIGINAL)]
    await world.change(DUPLICATE, rules.cancel)
    assert isinstance(await merge(world), Refused)
    assert isinstance(await merge(world, other=99), Refused)
    assert isinstance(await merge(world, number=99), Refused)
    after = [await world.timeline(DUPLICATE), await world.timeline(ORIGINAL)]
    assert [len(each) for each in after] == [len(before[0]) + 1, len(before[1])]


async def test_two_that_are_merged_into_each_other_at_once_are_merged_once(world: World) -> None:
    await two(world)
    outcomes = await asyncio.gather(merge(world), merge(world, ORIGINAL, DUPLICATE))
    assert sorted(isinstance(each, Done) for each in outcomes) == [False, True]
    states = [await world.incident(DUPLICATE), await world.incident(ORIGINAL)]
    assert sorted(each.is_closed for each in states) == [False, True]


async def test_a_private_incident_is_named_to_nobody_who_may_not_see_it(world: World) -> None:
    await world.declare("Checkout is failing", by=BEN)
    await world.deliver()
    await world.declare("Key leaked", private=True)
    await world.deliver()
    user = User(world)
    for words in ("duplicate of INC-2", "duplicate of INC-99"):
        answer = await user.word(words, channel="CROOM1", actor=BEN)
        number = words.rpartition("-")[2]
        assert f"There is no INC-{number} that you can see." in said(answer)
    form = await user.submit(
        "duplicate",
        {"other": "2"},
        metadata={"number": 1},
        number=1,
        actor=BEN,
        channel_is_verified=False,
    )
    assert form.refused is not None
    assert "There is no INC-2 that you can see." in form.refused.message
    assert not (await world.incident(1)).is_closed


async def test_a_private_and_a_public_incident_are_not_merged_even_by_those_who_see_both(
    world: World,
) -> None:
    await world.declare("Checkout is failing")
    await world.deliver()
    await world.declare("Key leaked", private=True)
    await world.deliver()
    user = User(world)
    for words in ("duplicate INC-1 of INC-2", "duplicate INC-2 of INC-1"):
        answer = await user.word(words, channel="CELSEWHERE")
        assert "INC-2 is private and INC-1 is not, so they cannot be merged" in said(answer)
    shown = [read(message) for (channel, _), message in world.slack.shown.items() if channel == "CINCIDENTS"]
    assert not any("INC-2" in text for text in shown)


async def test_in_a_war_room_a_reference_alone_names_the_other_incident(world: World) -> None:
    first, second = await two(world)
    user = User(world)
    answer = await user.word("duplicate INC-1", channel=first)
    assert answer.view is not None  # its own reference says nothing of the other one
    await user.word("duplicate INC-1 of INC-2", channel=second)
    assert (await world.incident(DUPLICATE)).duplicate_of == ORIGINAL
    assert not (await world.incident(ORIGINAL)).is_closed


async def test_the_draft_has_the_timelines_of_the_duplicates_and_of_theirs(world: World) -> None:
    await two(world)
    await world.declare("Mails are late")
    ago = world.clock() - timedelta(minutes=9)
    await world.change(3, rules.note, "Mail queue is long", at=ago, sure=True)
    await world.change(DUPLICATE, rules.note, "Checkout shows errors", at=ago, sure=True)
    await merge(world, 3, DUPLICATE)
    await merge(world)
    await User(world).word("postmortem INC-2", channel="CELSEWHERE")
    await world.deliver()
    (draft,) = (call.content for call in world.slack.of(UploadFile))
    assert "INC-1: Checkout shows errors" in draft
    assert "INC-3: Mail queue is long" in draft
    assert draft.index("Mail queue is long") < draft.index("Uanna declared SEV1: Payments fail")
    found = await offline_postmortem.read(world.database, ORIGINAL, world.policy, world.clock())
    assert found is not None
    offline = found.markdown(world.house.templates)
    assert "INC-1: Checkout shows errors" in offline
    assert "INC-3: Mail queue is long" in offline


async def test_the_draft_loses_what_was_merged_by_mistake(world: World) -> None:
    first, _ = await two(world)
    await world.change(DUPLICATE, rules.note, "Checkout shows errors")
    await merge(world)
    await User(world).word("reopen Another error", channel=first)
    found = await offline_postmortem.read(world.database, ORIGINAL, world.policy, world.clock())
    assert found is not None
    offline = found.markdown(world.house.templates)
    assert "Checkout shows errors" not in offline


async def test_what_was_set_aside_is_open_no_longer_and_nobody_is_reminded(world: World) -> None:
    await two(world)
    await world.declare("Mails are late")
    await world.change(3, rules.cancel, "Monitor was wrong")
    await merge(world)
    async with world.database.reading() as session:
        figures = await open_incidents(session, TEAM, world.clock())
    assert figures == {"SEV1": 1, "SEV2": 0, "SEV3": 0, "SEV4": 0}
    world.clock.forward(minutes=20)
    await world.tick()
    await world.deliver()
    texts = [text for text in world.slack.said() if "overdue" in text or "No update yet" in text]
    assert all("INC-2" in text for text in texts)


async def test_a_false_alarm_is_announced_as_cancelled(world: World) -> None:
    await world.declare()
    await world.deliver()
    await User(world).word("cancel Monitor was wrong")
    await world.deliver()
    (announced,) = [read(m) for (channel, _), m in world.slack.shown.items() if channel == "CINCIDENTS"][:1]
    assert "cancelled: false alarm" in announced
    assert "resolved" not in announced


async def test_a_milestone_is_corrected_in_the_persons_zone(world: World) -> None:
    await world.declare()
    await world.deliver()
    answer = await User(world).word("milestone started 12:50")  # in Berlin: ten minutes ago
    assert said(answer).strip() == ""
    await world.deliver()
    (told,) = [text for text in world.slack.said() if text.startswith(":stopwatch:")]
    assert "Impact started" in told
    assert "11:50 UTC" in told
