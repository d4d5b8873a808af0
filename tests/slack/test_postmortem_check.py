"""What judges a person or hides the system: told in the war room to one person, and at the end of the draft."""

from tests.slack.conftest import Office


async def test_only_the_person_who_asks_sees_what_is_found_and_in_another_channel_it_is_named(
    office: Office,
) -> None:
    await office.declare()
    bob = f"<@{office.sandbox.users['bob']}>"
    assert "Nothing in the draft of INC-1" in await office.told("alice", "postmortem check")
    await office.told("alice", f"note {bob} should have tested it")
    told = await office.told("alice", "postmortem check")
    assert "*One place in the draft of INC-1*" in told
    assert f"{bob} *should have tested* it" in told
    assert "should have tested" in await office.told("alice", "postmortem INC-1 check", channel="general")
    await office.told("alice", f"action INC-1 {bob} by friday investigate the leak")
    told = await office.told("alice", "postmortem check")
    assert "*2 places in the draft of INC-1*" in told
    assert "Nobody can see whether it is done." in told
    assert "investigate the leak" in told


async def test_the_timeline_of_a_merged_incident_is_read_too(office: Office) -> None:
    await office.declare()
    await office.declare("sev2 Payments fail")
    await office.told("alice", "note We should have tested it")
    assert "Nothing in the draft of INC-1" in await office.told(
        "alice", "postmortem INC-1 check", channel="general"
    )
    await office.told("alice", "duplicate of INC-1")
    told = await office.told("alice", "postmortem INC-1 check", channel="general")
    assert "INC-2: We *should have tested* it" in told
