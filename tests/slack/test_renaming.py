"""An incident gets a better title: channel, topic, card and announcement follow."""

from bot.drills.stage import readable
from tests.slack.conftest import Office


async def named(office: Office, name: str) -> None:
    await office.person("alice").until(lambda seen: seen["channel"]["name"] == name, office.stage.room)


async def test_everything_follows_the_title_and_the_room_gets_no_message_of_ours(office: Office) -> None:
    room = await office.declare()
    before = (await office.person("alice").see(room))["channel"]["messages"]
    told = await office.told("alice", "rename Payments are refused")
    assert "INC-1 is called *Payments are refused* now. Before: Checkout is failing" in told
    await named(office, "inc-1-payments-are-refused")
    await office.stage.card("Payments are refused")
    await office.stage.shows("frank", "Payments are refused", channel="incidents")
    await office.person("alice").until(lambda seen: "Payments are refused" in seen["channel"]["topic"], room)
    after = (await office.person("alice").see(room))["channel"]["messages"]
    known = {each["ts"] for each in before}
    new = [each for each in after if each["ts"] not in known and not each.get("ephemeral")]
    assert {each.get("subtype") for each in new} == {"channel_name", "channel_topic"}
    timeline = await office.told("alice", "timeline")
    assert "Title changed from “Checkout is failing” to “Payments are refused”" in timeline


async def test_title_and_summary_are_corrected_in_a_form(office: Office) -> None:
    await office.declare()
    alice = office.person("alice")
    card = await office.stage.card("triage")
    await office.stage.press("alice", "rename", card)
    await alice.submit(title="Payments are refused", summary="Since ten o'clock")
    await office.stage.card("Payments are refused", "Since ten o'clock")


async def test_a_name_that_people_gave_the_channel_is_kept(office: Office) -> None:
    room = await office.declare()
    await office.person("alice").rename(room, "the-big-one")
    await office.told("alice", "rename Payments are refused")
    await office.stage.card("Payments are refused")
    await office.person("alice").until(lambda seen: "Payments are refused" in seen["channel"]["topic"], room)
    await named(office, "the-big-one")
    shown = (await office.person("alice").see(room))["channel"]["messages"]
    assert "I could not" not in "\n".join(readable(each) for each in shown)
