"""Owners of action items are reminded where they want, and not on their days off, on each database."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.core.channels import ChannelProfile
from bot.engine.store import people
from bot.engine.store.tables import PersonRow
from bot.followup.store import preferences
from bot.incident.dispatch.answers import Answer
from bot.ports.port import Dead
from bot.ports.slack.calls import Edit, Post, Remove
from tests.engine.test_action_items import press, submit
from tests.engine.test_action_reminders import NINE, at, to_person
from tests.engine.test_forgetting import exported, forget
from tests.engine.user import User, said
from tests.engine.world import BEN, TEAM, World

# It is Monday, 2 March 2026, 12:00 UTC; everybody is in Berlin, where it is 13:00.
TEAM_CHANNEL, OTHER = "CTEAM", "COTHER"
KNOWN = {
    TEAM_CHANNEL: ChannelProfile(id=TEAM_CHANNEL),
    OTHER: ChannelProfile(id=OTHER, is_private=True, members=[BEN]),
    "CHIDDEN": ChannelProfile(id="CHIDDEN", is_visible=False),
    "DBEN": ChannelProfile(id="DBEN", is_direct=True),
    "CSECRET": ChannelProfile(id="CSECRET", is_private=True, members=["USOMEBODY"]),
    "CGONE": ChannelProfile(id="CGONE", is_archived=True),
    "CSHARED": ChannelProfile(id="CSHARED", is_shared=True),
    "CROOM1": ChannelProfile(id="CROOM1", is_taken=True),
}


async def find_channel(channel: str) -> ChannelProfile | None:
    return KNOWN.get(channel)


@pytest.fixture
async def office(world: World) -> User:
    await world.declare("Checkout is failing")
    await world.deliver()
    return User(world, find_channel=find_channel)


def removed(world: World) -> list[Remove]:
    return [call for call in world.slack.of(Remove) if call.channel == TEAM_CHANNEL]


async def word(office: User, text: str) -> Answer:
    return await office.word(text, actor=BEN, channel="DBEN")


def posted(world: World, channel: str) -> list[str]:
    return to_person(world, channel)


async def test_whoever_has_chosen_nothing_sees_that_and_how_to_change_it(office: User) -> None:
    answer = await word(office, "reminders")
    assert "You are reminded of your action items in a direct message." in said(answer)
    assert "three days before" in said(answer)
    form = (await office.press("change_reminders", None, actor=BEN)).view
    assert form
    assert "initial_conversation" not in str(form)
    assert "initial_date" not in str(form)


async def test_reminders_come_in_the_channel_of_choice_and_back_in_a_direct_message(office: User) -> None:
    world = office.world
    assert f"in <#{TEAM_CHANNEL}>" in said(await word(office, f"reminders <#{TEAM_CHANNEL}|team>"))
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await at(world, 9)
    assert posted(world, TEAM_CHANNEL) == [f":alarm_clock: <@{BEN}>, you have 1 action item due"]
    assert posted(world, BEN) == []
    await at(world, 12)
    assert len(removed(world)) == 1
    assert len(posted(world, TEAM_CHANNEL)) == 2
    assert "in a direct message" in said(await office.press("reminders_direct", None, actor=BEN))
    await at(world, 19)
    assert len(posted(world, TEAM_CHANNEL)) == 2
    assert posted(world, BEN) == [":alarm_clock: You have 1 action item due, all overdue"]
    assert len(removed(world)) == 2, "the one in the channel is gone"


async def test_a_reminder_in_a_channel_is_edited_when_something_of_it_is_settled(office: User) -> None:
    world = office.world
    await word(office, f"reminders <#{TEAM_CHANNEL}>")
    for number in range(2):
        await office.word(f"action <@{BEN}> by 2026-03-12 change number {number}")
    await at(world, 9)
    for number in (1, 2):
        await submit(office, await press(office, "action_done", number, actor=BEN), proof="x", actor=BEN)
        await world.deliver()
    edits = [str(call.message.text) for call in world.slack.of(Edit) if call.channel == TEAM_CHANNEL]
    assert edits == [
        f":alarm_clock: <@{BEN}>, you have 1 action item due",
        f":sunny: Nothing of what <@{BEN}> was reminded of is left.",
    ]
    world.slack.answers[Edit] = [Dead("message_not_found")]
    await press(office, "action_reopen", 1, actor=BEN)
    await world.deliver()
    async with world.database.reading() as session:
        row = await preferences.row_of(session, TEAM, BEN)
    assert row
    assert (row.channel, row.shown_ts) == (TEAM_CHANNEL, "")
    assert len(posted(world, TEAM_CHANNEL)) == 1


async def test_what_comes_from_a_private_incident_never_appears_in_a_channel(office: User) -> None:
    world = office.world
    await world.declare("Secret breach", private=True, commander=BEN)
    await world.deliver()
    await word(office, f"reminders <#{TEAM_CHANNEL}>")
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    added = await office.word(
        f"action INC-2 <@{BEN}> by 2026-03-12 rotate the stolen keys", actor=BEN, channel="DBEN"
    )
    assert "ACT-2" in said(added), said(added)
    for day in (9, 12, 19):
        await at(world, day)
    seen = [call for call in (*world.slack.of(Post), *world.slack.of(Edit)) if call.channel == TEAM_CHANNEL]
    assert len(seen) == 3
    assert "keys" not in str(seen)
    assert "INC-2" not in str(seen)
    direct = [
        call for call in world.slack.of(Post) if call.channel == BEN and "due" in str(call.message.text)
    ]
    assert len(direct) == 3
    assert "rotate the stolen keys" in str(direct[0].message)
    assert "add an alert" not in str(direct[0].message)
    assert "private incidents" in str(direct[0].message)


async def test_if_nobody_can_write_there_it_is_a_direct_message_and_they_are_told_once(office: User) -> None:
    world = office.world
    await word(office, f"reminders <#{TEAM_CHANNEL}>")
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await at(world, 9, NINE - 1, 59)  # the incident's own reminders are posted
    world.slack.answers.setdefault(Post, []).append(Dead("is_archived"))
    await at(world, 9)
    assert posted(world, BEN) == [":alarm_clock: You have 1 action item due"]
    await at(world, 12)
    assert len(posted(world, BEN)) == 2
    told = [call for call in world.slack.of(Post) if "I cannot write in" in str(call.message.text)]
    assert [(call.channel, TEAM_CHANNEL in str(call.message.text)) for call in told] == [(BEN, True)]


@pytest.mark.parametrize(
    ("channel", "why"),
    [
        ("CHIDDEN", "I cannot see that channel"),
        ("DBEN", "a direct message, not a channel"),
        ("CSECRET", "You are not in that private channel"),
        ("CGONE", "archived"),
        ("CSHARED", "shared with another organization"),
        ("CROOM1", "A war room is closed one day"),
        ("CUNKNOWN", "Slack does not tell"),
    ],
)
async def test_a_channel_that_does_not_fit_is_refused_in_both_ways(
    office: User, channel: str, why: str
) -> None:
    assert why in said(await word(office, f"reminders <#{channel}>"))
    answer = await office.submit("reminders", {"channel": channel}, actor=BEN)
    assert answer.refused
    assert answer.refused.field == "channel"
    assert why in answer.refused.message
    async with office.world.database.reading() as session:
        assert await preferences.row_of(session, TEAM, BEN) is None


async def test_the_form_chooses_both_and_knows_them_the_next_time(office: User) -> None:
    given = {"channel": OTHER, "from": "2026-03-09", "until": "2026-03-13"}
    answer = await office.submit("reminders", given, actor=BEN)
    assert f"<#{OTHER}>" in said(answer)
    assert "You are away from Mon 9 Mar 2026 to Fri 13 Mar 2026" in said(answer)
    assert "comes before them, on Fri 6 Mar 2026." in said(answer)
    form = (await office.press("reminders_from_home", None, actor=BEN)).view
    assert form
    assert all(each in str(form) for each in given.values())
    again = await office.submit("reminders", {"channel": OTHER, "until": "2026-03-06"}, actor=BEN)
    assert "from Mon 2 Mar 2026 to Fri 6 Mar 2026" in said(again)
    answer = await office.submit("reminders", {}, actor=BEN)
    assert "direct message" in said(answer)
    assert "not said that you will be away" in said(answer)


@pytest.mark.parametrize(
    ("given", "field"),
    [({"from": "2026-03-09"}, "until"), ({"from": "2026-03-09", "until": "2026-03-08"}, "until")],
)
async def test_a_form_with_days_that_cannot_be_is_given_back(
    office: User, given: dict[str, Any], field: str
) -> None:
    answer = await office.submit("reminders", given, actor=BEN)
    assert answer.refused
    assert answer.refused.field == field


async def test_nobody_is_reminded_while_they_are_away_but_on_the_working_day_before(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await at(world, 2, 13)
    answer = await word(office, "away 2026-03-09..2026-03-13")
    assert "You are away from Mon 9 Mar 2026 to Fri 13 Mar 2026" in said(answer)
    await at(world, 5, 16)
    assert posted(world, BEN) == []
    await at(world, 6)
    assert posted(world, BEN) == [":alarm_clock: You have 1 action item due"]
    for day in range(9, 16):
        await at(world, day)
    assert len(posted(world, BEN)) == 1
    await at(world, 19)
    assert len(posted(world, BEN)) == 2


async def test_who_is_back_early_is_reminded_at_once_and_who_is_away_long_when_they_are_back(
    office: User,
) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    assert "until" in said(await word(office, "away")) or (await word(office, "away")).view
    assert "What falls in these days comes on Mon 13 Apr 2026." in said(
        await word(office, "away until 2026-04-10")
    )
    for day in (9, 12, 19):
        await at(world, day)
    assert posted(world, BEN) == []
    await at(world, 20, 13)
    assert "not away any more" in said(await word(office, "back"))
    await world.tick()
    await world.deliver()
    assert len(posted(world, BEN)) == 1
    assert "not said that you are away" in said(await word(office, "back"))
    assert "away from" in said(await word(office, "away until 2026-04-10"))
    await at(world, 13, NINE - 1, month=4)  # summer time
    (first, last) = [
        call for call in world.slack.of(Post) if call.channel == BEN and "due" in str(call.message.text)
    ]
    assert "You were away" not in str(first.message)
    assert "You were away from Fri 20 Mar 2026 to Fri 10 Apr 2026, so this comes now." in str(last.message)
    assert "You are away" not in said(await word(office, "reminders"))


async def test_a_public_holiday_of_the_policy_is_a_day_off(office: User) -> None:
    world = office.world
    postmortem = replace(world.policy.postmortem, is_holiday=lambda on: on == date(2026, 3, 12))
    world.house = replace(world.house, policy=replace(world.policy, postmortem=postmortem))
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    await at(world, 9)
    await at(world, 11)
    assert len(posted(world, BEN)) == 2
    await at(world, 12)
    assert len(posted(world, BEN)) == 2


async def test_what_is_three_days_after_a_sunday_is_named_on_the_friday_before(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-11 add an alert")
    await at(world, 6)
    assert posted(world, BEN) == [":alarm_clock: You have 1 action item due"]


async def test_days_are_those_of_the_person(office: User) -> None:
    world = office.world
    await office.word(f"action <@{BEN}> by 2026-03-12 add an alert")
    async with world.database.writing() as session:
        row = (await people.known(session, TEAM, [BEN]))[BEN]
        await people.remember(session, PersonRow(**(row.model_dump() | {"zone": "America/Los_Angeles"})))
    world.clock.forward(seconds=(datetime(2026, 3, 3, 4, tzinfo=UTC) - world.clock()).total_seconds())
    answer = await word(office, "away until 2026-03-04")  # it is still Monday evening there
    assert "from Mon 2 Mar 2026 to Wed 4 Mar 2026" in said(answer)


@pytest.mark.parametrize("typed", ["direct", "DM"])
async def test_words_are_understood_and_others_are_told(office: User, typed: str) -> None:
    assert "in a direct message" in said(await word(office, f"reminders {typed}"))
    assert "I do not know “weekly”" in said(await word(office, "reminders weekly"))
    assert "I do not understand when you are away" in said(await word(office, "away a bit"))
    assert "You are away" in said(await word(office, "vacation until friday"))
    assert "I am back" in str((await word(office, "reminders")).message)


async def test_what_is_chosen_is_exported_and_forgotten_with_the_person(office: User) -> None:
    world = office.world
    await word(office, f"reminders <#{TEAM_CHANNEL}>")
    await word(office, "away until friday")
    rows = [json.loads(line) for line in await exported(world) if '"action_preferences"' in line]
    (kept,) = [each["row"] for each in rows if "row" in each]
    assert (kept["person"], kept["channel"], kept["away_until"]) == (BEN, TEAM_CHANNEL, "2026-03-06")
    done = await forget(world, BEN)
    assert done.found.deleted["action_preferences"] == 1
    assert not [line for line in await exported(world) if '"away_until"' in line]
