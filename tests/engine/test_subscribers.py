"""Subscribers are told directly: of what they follow, once an act, and only while they may see it."""

from typing import Any

import pytest

from bot.engine.store import people
from bot.engine.store.tables import PersonRow
from bot.incident.dispatch.answers import Answer
from bot.incident.domain import rules
from bot.incident.domain.audiences import Audience
from bot.incident.domain.subscriptions import Following, Follows
from bot.incident.domain.vocabulary import Severity
from bot.incident.store import incidents, rooms, subscriptions
from bot.ports.port import Dead, Delivered
from bot.ports.slack.calls import Edit, FetchPerson, Post, Remove
from tests.engine.user import User
from tests.engine.world import ANNA, BEN, CLEO, TEAM, World
from tests.incident.views.reading import said as shown

ELSEWHERE: dict[str, Any] = {"channel": "CGENERAL"}


def said(answer: Answer) -> str:
    """What the person reads: the whole message, or the refusal."""
    return shown(answer.message) if answer.message else answer.refused.message if answer.refused else ""


def direct(world: World, person: str) -> list[str]:
    """The direct messages to this person, in order."""
    return [shown(call.message) for call in world.slack.of(Post) if call.channel == person]


async def opened(world: World, **more: Any) -> User:
    await world.declare(**more)
    await world.deliver()
    return User(world)


async def is_in_room(world: World, person: str, *, present: bool = True, number: int = 1) -> None:
    async with world.database.writing() as session:
        stored = await incidents.lock(session, TEAM, number)
        assert stored
        await rooms.record_presence(session, stored, person, world.clock(), present=present)


async def is_known(world: World, person: str, **more: Any) -> None:
    async with world.database.writing() as session:
        row = PersonRow(team_id=TEAM, user_id=person, name=person.title(), seen_at=world.clock(), **more)
        await people.remember(session, row)


async def follow(
    world: World, *persons: str, number: int | None = 1, severity: Severity | None = None
) -> None:
    async with world.database.writing() as session:
        for person in persons:
            following = (
                Following(number=number, severity=severity)
                if severity is None
                else Following(severity=severity)
            )
            await subscriptions.change(session, TEAM, person, following)


async def test_whoever_follows_an_incident_is_told_of_changes_updates_and_the_end(world: World) -> None:
    user = await opened(world)
    assert "You follow *INC-1*" in said(await user.word("subscribe INC-1", actor=CLEO, **ELSEWHERE))
    await world.change(1, rules.change_severity, Severity.SEV2)
    await world.change(1, rules.post_update, "Half of all payments fail")
    await world.change(1, rules.resolve)
    await world.deliver()
    changed, updated, ended = direct(world, CLEO)
    assert "Severity lowered from SEV1 to SEV2" in changed
    assert "Half of all payments fail" in updated
    assert "You follow INC-1" in updated
    assert "<#CROOM1>" in updated
    assert "https://acme.slack.com/archives/CINCIDENTS/p" in updated
    assert ":white_check_mark:" in ended


async def test_one_act_with_several_facts_is_one_message(world: World) -> None:
    await opened(world)
    await follow(world, CLEO)
    report = rules.Report(conditions="All fail", severity=Severity.SEV2)
    await world.change(1, rules.post_report, report, world.policy)
    await world.deliver()
    (told,) = direct(world, CLEO)
    assert "All fail" in told
    assert "from SEV1 to SEV2" in told


async def test_notes_roles_tasks_and_updates_to_the_room_only_are_no_news_for_subscribers(
    world: World,
) -> None:
    await opened(world)
    await follow(world, CLEO)
    await world.change(1, rules.take_command)
    await world.change(1, rules.note, "The log is full", author=ANNA)
    await world.change(1, rules.post_update, "For the room", audiences=(Audience.ROOM,))
    await world.deliver()
    assert direct(world, CLEO) == []


async def test_a_severity_is_followed_for_good_or_worse_and_to_the_end(world: World) -> None:
    user = User(world)
    answer = said(await user.word("subscribe sev2", actor=CLEO, **ELSEWHERE))
    assert "all incidents of SEV2 or worse" in answer
    await world.declare("One", severity=Severity.SEV1)
    await world.declare("Three", severity=Severity.SEV3)
    await world.deliver()
    (one,) = direct(world, CLEO)
    assert "One" in one
    assert "You follow all incidents of SEV2 or worse" in one
    await world.change(2, rules.change_severity, Severity.SEV2, by=BEN)
    await world.change(2, rules.change_severity, Severity.SEV4, by=BEN)
    await world.change(2, rules.resolve, by=BEN)
    await world.deliver()
    assert len(direct(world, CLEO)) == 4
    assert ":white_check_mark:" in direct(world, CLEO)[-1]


async def test_a_private_incident_is_never_told_to_those_who_follow_a_severity(world: World) -> None:
    await follow(world, CLEO, severity=Severity.SEV4)
    await opened(world, private=True)
    await is_in_room(world, CLEO)
    await world.change(1, rules.post_update, "Secret news")
    await world.change(1, rules.resolve)
    await world.deliver()
    assert direct(world, CLEO) == []


async def test_a_private_incident_is_followed_by_members_of_its_room_while_they_are_members(
    world: World,
) -> None:
    user = await opened(world, private=True)
    refused = await user.word("subscribe INC-1", actor=CLEO, **ELSEWHERE)
    unknown = await user.word("subscribe INC-7", actor=CLEO, **ELSEWHERE)
    assert said(refused) == said(unknown).replace("INC-7", "INC-1")
    await is_in_room(world, CLEO)
    await follow(world, CLEO)
    await world.change(1, rules.post_update, "First news")
    await world.deliver()
    assert ["First news" in each for each in direct(world, CLEO)] == [True]
    world.clock.forward(minutes=1)
    await is_in_room(world, CLEO, present=False)
    await world.change(1, rules.post_update, "Second news")
    await world.deliver()
    assert len(direct(world, CLEO)) == 1
    listed = said(await user.word("subscribe", actor=CLEO, **ELSEWHERE))
    assert "You follow no open incident" in listed
    assert "Checkout" not in listed


async def test_who_is_told_is_decided_at_delivery(world: World) -> None:
    await opened(world)
    await follow(world, BEN, CLEO, "UGUEST", "UGONE", "UAPP")
    await is_known(world, "UGUEST", is_guest=True)
    await is_known(world, "UGONE", is_active=False)
    await is_known(world, "UAPP", is_bot=True)
    user = User(world)
    await world.change(1, rules.post_update, "News", by=ANNA)
    await user.press("stop_following", actor=CLEO, channel="DCLEO")
    await world.deliver()
    assert len(direct(world, BEN)) == 1
    assert [direct(world, each) for each in (CLEO, "UGUEST", "UGONE", "UAPP")] == [[]] * 4
    await is_in_room(world, "UGUEST")
    await world.change(1, rules.post_update, "More news", by=ANNA)
    await world.deliver()
    assert len(direct(world, "UGUEST")) == 1


async def test_whoever_did_it_is_not_told_of_it(world: World) -> None:
    await opened(world)
    await follow(world, BEN)
    await world.change(1, rules.post_update, "News", by=BEN)
    await world.deliver()
    assert direct(world, BEN) == []


async def test_in_the_war_room_only_those_are_told_directly_who_asked_for_this_incident(world: World) -> None:
    await opened(world)
    await follow(world, BEN, severity=Severity.SEV1)
    await follow(world, CLEO)
    await is_in_room(world, BEN)
    await is_in_room(world, CLEO)
    await world.change(1, rules.post_update, "News")
    await world.deliver()
    assert direct(world, BEN) == []
    assert len(direct(world, CLEO)) == 1
    await world.change(1, rules.post_update, "Not for the room", audiences=(Audience.STAKEHOLDERS,))
    await world.deliver()
    assert ["Not for the room" in each for each in direct(world, BEN)] == [True]


async def test_stop_ends_it_for_this_incident_even_if_its_severity_is_followed(world: World) -> None:
    user = await opened(world)
    await follow(world, CLEO, severity=Severity.SEV1)
    assert "no longer follow INC-1" in said(await user.press("stop_following", actor=CLEO, channel="DCLEO"))
    await world.change(1, rules.post_update, "News")
    await world.declare("Another one")
    await world.deliver()
    assert ["Another one" in each for each in direct(world, CLEO)] == [True]
    await user.press("follow", actor=CLEO, channel="CINCIDENTS")
    await world.change(1, rules.post_update, "Later news")
    await world.deliver()
    assert "Later news" in direct(world, CLEO)[-1]


async def test_of_a_person_who_is_not_known_it_is_asked_first_who_they_are(world: World) -> None:
    await opened(world)
    await follow(world, CLEO)
    await world.change(1, rules.post_update, "News")
    await world.deliver()
    assert FetchPerson(CLEO) in world.slack.calls
    assert len(direct(world, CLEO)) == 1


async def test_a_person_who_cannot_be_reached_keeps_nobody_else_from_being_told(world: World) -> None:
    await opened(world)
    await follow(world, BEN, CLEO)
    await is_known(world, BEN)
    await is_known(world, CLEO)
    await world.change(1, rules.post_update, "News", audiences=(Audience.STAKEHOLDERS,))
    world.slack.answers[Post] = [Delivered({"channel": "CINCIDENTS", "ts": "9.1"}), Dead("cannot_dm_bot")]
    await world.deliver()
    assert len(direct(world, CLEO)) == 1
    assert not any("I could not" in text for text in world.slack.said())


async def test_three_hundred_subscribers_do_not_keep_the_war_room_waiting(world: World) -> None:
    await opened(world)
    many = [f"U{each:03}" for each in range(300)]
    for each in many:
        await is_known(world, each)
    await follow(world, *many)
    await world.change(1, rules.post_update, "First")
    await world.change(1, rules.note, "Noted at once", author=ANNA)
    await world.deliver()
    posts = [call.channel for call in world.slack.of(Post)]
    told = [at for at, channel in enumerate(posts) if channel in many]
    assert len(told) == len(many)
    note = next(at for at, text in enumerate(world.slack.said()) if "Noted at once" in text)
    assert sum(at < note for at in told) <= 2  # one at a time, beside the war room's own lane
    assert len(world.slack.of(FetchPerson)) <= 1  # Anna


async def test_a_secret_in_an_update_is_removed_from_direct_messages(world: World) -> None:
    user = await opened(world)
    await follow(world, CLEO)
    await world.change(1, rules.post_update, "The key is hunter2")
    await world.deliver()
    await follow(world, CLEO)
    answer = said(await user.word("strike 2 secret"))
    assert "removed" in answer
    await world.deliver()
    assert [call for call in world.slack.of(Edit) if call.channel == CLEO]
    assert not any("hunter2" in shown(message) for message in world.slack.shown.values())


async def test_a_secret_in_a_former_title_is_removed_from_all_direct_messages(world: World) -> None:
    await follow(world, CLEO)
    await world.declare("The key is hunter2")
    report = rules.Report(conditions="All fail", severity=Severity.SEV2)
    await world.change(1, rules.post_report, report, world.policy)
    await world.deliver()
    await world.change(1, rules.rename, "A key leaked")
    world.slack.calls.clear()
    await User(world).word("strike 1 secret")
    await world.deliver()
    assert len({call.ts for call in world.slack.of(Edit) if call.channel == CLEO}) == 2
    assert not any("hunter2" in shown(message) for message in world.slack.shown.values())


async def test_whoever_may_not_see_it_any_more_loses_the_message_instead_of_reading_what_is_new(
    world: World,
) -> None:
    await opened(world, private=True)
    await is_in_room(world, CLEO)
    await follow(world, CLEO)
    await world.change(1, rules.post_update, "The key is hunter2")
    await world.deliver()
    world.clock.forward(minutes=1)
    await is_in_room(world, CLEO, present=False)
    await world.change(1, rules.rename, "A new name that is not for her")
    await User(world).word("strike 2 secret")
    await world.deliver()
    (gone,) = [call for call in world.slack.of(Remove) if call.channel == CLEO]
    assert "INC-1" not in shown(gone.instead)
    assert not [call for call in world.slack.of(Edit) if call.channel == CLEO]
    assert not any("hunter2" in shown(message) for message in world.slack.shown.values())


async def test_what_a_person_follows_is_stored_once_and_changed_in_place(world: World) -> None:
    async def stored() -> Follows:
        async with world.database.reading() as session:
            return (await subscriptions.of_people(session, TEAM, [CLEO])).get(CLEO, Follows())

    assert await stored() == Follows()
    await follow(world, CLEO, severity=Severity.SEV1)
    await follow(world, CLEO, severity=Severity.SEV3)
    await follow(world, CLEO)
    await follow(world, CLEO)
    assert await stored() == Follows(Severity.SEV3, frozenset({1}))
    async with world.database.writing() as session:
        await subscriptions.change(session, TEAM, CLEO, Following(number=1, follows=False))
        await subscriptions.change(session, TEAM, CLEO, Following())
    assert await stored() == Follows(None, frozenset(), frozenset({1}))


@pytest.mark.parametrize("word", ["unsubscribe INC-1", "unsubscribe all"])
async def test_unsubscribing_ends_the_messages(world: World, word: str) -> None:
    user = await opened(world)
    await user.word("subscribe INC-1", actor=CLEO, **ELSEWHERE)
    await user.word(word, actor=CLEO, **ELSEWHERE)
    await world.change(1, rules.post_update, "News")
    await world.deliver()
    assert direct(world, CLEO) == []


async def test_the_list_shows_what_one_follows_and_ends_each_in_place(world: World) -> None:
    user = await opened(world)
    await user.word("subscribe", actor=CLEO)  # nothing is known of the room's members, and she is not of them
    await user.word("subscribe INC-1", actor=CLEO, **ELSEWHERE)
    await user.word("subscribe sev3", actor=CLEO, **ELSEWHERE)
    listed = said(await user.word("subscribe", actor=CLEO, **ELSEWHERE))
    assert "All incidents of SEV3 or worse" in listed
    assert "Checkout is failing" in listed
    answer = await user.press("stop_listed", actor=CLEO, **ELSEWHERE)
    assert answer.in_place
    assert "You no longer follow INC-1" in said(answer)
    assert "Checkout is failing" not in said(answer)
    answer = await user.press("stop_severity", 3, actor=CLEO, **ELSEWHERE)
    assert "You follow no open incident" in said(answer)
