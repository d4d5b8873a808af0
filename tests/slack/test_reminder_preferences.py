"""Where and when somebody is reminded of action items, over the wire: typed, in the form, and from the Home tab."""

from bot.drills.stage import readable
from tests.slack.conftest import Office
from tests.slack.test_home import home


async def test_a_channel_is_chosen_on_home_and_given_up_with_a_button(office: Office) -> None:
    await office.declare()
    await office.told("alice", "action me tomorrow add an alert")
    assert "Where and when you are reminded" in str(await home(office, "*Your action items*"))
    alice = office.person("alice")
    await alice.click("reminders_from_home", home=True)
    await alice.submit(channel=office.sandbox.channels["general"])
    assert "You are reminded of your action items in" in readable((await alice.see())["modals"])
    await alice.close(everything=True)
    assert "private incidents stays in a direct message" in await office.told("alice", "reminders")
    told = await office.told("alice", "reminders direct")
    assert "in a direct message" in told


async def test_whoever_is_away_says_so_in_one_line_and_takes_it_back(office: Office) -> None:
    alice = office.person("alice")
    told = await office.told("alice", "away 2026-02-31..2026-03-04", channel="general")
    assert "There is no day “2026-02-31”" in told
    assert "away 2026-02-31..2026-03-04" in told
    assert "You are away" in await office.told("alice", "away until sunday", channel="general")
    assert "not away any more" in await office.told("alice", "back", channel="general")
    await office.told("alice", "away", channel="general")
    (form,) = (await alice.see())["modals"]
    assert "First day on which you are away" in readable(form)
