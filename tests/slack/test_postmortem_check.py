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
