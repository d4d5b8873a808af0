"""An incident that is over already is recorded: nobody is alarmed, and it is in the lists."""

from bot.drills.stage import readable
from tests.slack.conftest import Office


async def test_it_is_recorded_listed_drafted_and_gets_a_room_if_it_comes_back(office: Office) -> None:
    alice, frank = office.person("alice"), office.person("frank")
    await office.told("alice", "declare sev2 Mail was late --resolved", channel="general")
    answer = await alice.submit(summary="A queue was full", fix="More workers")
    assert "INC-1* Mail was late is recorded" in str(answer["modals"])
    await alice.close(everything=True)
    assert "INC-1" in await office.told("bob", "list all", channel="general")
    assert "Recorded on *INC-1*" in await office.told("bob", "note INC-1: seen", channel="general")
    told = await office.told("alice", "postmortem INC-1", channel="general")
    assert "in a direct message" in told
    await alice.until(
        lambda seen: next((each for each in seen["channels"] if "warroom" in each["name"]), None)
    )
    assert not any(each["name"].startswith("inc-1") for each in (await alice.see())["channels"])
    channel = (await frank.see("incidents"))["channel"]
    assert "Mail was late" not in "\n".join(readable(each) for each in channel["messages"])
    await office.told("bob", "reopen INC-1: it is back", channel="general")
    await office.stage.shows("frank", "Mail was late", channel="incidents")
    room = await office.person("bob").until(
        lambda seen: next((c["id"] for c in seen["channels"] if c["name"].startswith("inc-1-")), None)
    )
    office.stage.room = room
    await office.stage.card("mitigating")


async def test_a_wrong_order_is_refused_in_the_form_which_keeps_what_was_typed(office: Office) -> None:
    alice = office.person("alice")
    await office.told("alice", "declare", channel="general")
    await alice.submit(title="Mail was late", over=["over"])
    now = int(office.sandbox.clock.now().timestamp())
    shown = await alice.submit(started=now - 60, resolved=now - 120)
    assert "cannot be after the mitigation" in str(shown)
    shown = await alice.submit(started=now - 180)
    assert "is recorded" in str(shown["modals"])
