"""A postmortem from the end of an incident to its publication, on a real database."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.core.blocks import View
from bot.engine.store import drafts
from bot.engine.store.acts import Act
from bot.incident.domain import rules
from bot.incident.domain.incident import Incident
from bot.incident.domain.permissions import Capability, Permissions, Who
from bot.incident.domain.postmortem_sections import PostmortemSection
from bot.incident.domain.postmortem_state import Stage
from bot.incident.domain.vocabulary import Severity, Status
from bot.ports.slack.calls import ShareFile
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, INCIDENTS, TEAM, World
from tests.incident.views.reading import buttons, initial
from tests.incident.views.reading import said as words

ROOM = "CROOM1"
FIELD = "summary_0"
ABOUT = {"section": "summary", "based_on": 0}


async def ended(world: World, *, private: bool = False) -> Incident:
    await world.declare(commander=ANNA, private=private)
    await world.deliver()
    await world.change(1, rules.resolve, by=BEN)
    await world.deliver()
    return await world.incident(1)


async def write(user: User, text: str, by: str = ANNA, field: str = FIELD, based_on: int = 0) -> View:
    about = {"section": "summary", "based_on": based_on}
    answer = await user.submit("postmortem_section", {field: text}, metadata=about, number=1, actor=by)
    assert answer.replace, answer
    return answer.replace


async def test_the_end_owes_it_by_a_day_that_the_room_and_the_card_say(world: World) -> None:
    incident = await ended(world)
    document = incident.postmortem
    assert document.due_at == datetime(2026, 3, 9, 17, tzinfo=UTC)
    shown = [words(each) for (channel, _), each in world.slack.shown.items() if channel == ROOM]
    assert sum("2026-03-09" in each for each in shown) == 2


async def test_it_is_written_reviewed_and_published(world: World) -> None:
    user = User(world)
    await ended(world)
    assert "is saved" in words(await write(user, "Half of all payments failed"))
    await user.press("postmortem_send")
    await world.deliver()
    (draft,) = world.slack.of(ShareFile)
    assert (draft.channel, draft.title) == (ROOM, "INC-1 postmortem draft")
    refused = await user.press("postmortem_approve")
    assert "somebody else approves" in said(refused)
    await user.press("postmortem_approve", actor=CLEO)
    await user.press("postmortem_publish")
    await world.deliver()
    incident = await world.incident(1)
    assert (incident.status, incident.postmortem.stage) == (Status.REVIEWED, Stage.PUBLISHED)
    files = {(each.channel, each.title) for each in world.slack.of(ShareFile)[1:]}
    assert files == {(ROOM, "INC-1 postmortem"), (INCIDENTS, "INC-1 postmortem")}
    (announced,) = [each for each in world.slack.of(ShareFile) if each.channel == INCIDENTS]
    assert "The postmortem of INC-1* Checkout is failing is published" in str(announced.comment)


async def test_only_the_message_of_the_last_step_has_buttons(world: World) -> None:
    user = User(world)
    await ended(world)
    await write(user, "Half of all payments failed")
    await user.press("postmortem_send")
    await world.deliver()
    await world.change(1, rules.note, "The log was full", by=BEN)
    await user.press("postmortem_approve", actor=CLEO)
    await world.deliver()

    def with_button(action: str) -> list[str]:
        shown = [each for (channel, _), each in world.slack.shown.items() if channel == ROOM]
        return [words(each) for each in shown if action in buttons(each) and "resolved" not in words(each)]

    assert with_button("postmortem_approve") == []
    (approved,) = with_button("postmortem_take_over")
    assert "The timeline has 1 entry that the postmortem lacks." in approved
    await user.press("postmortem_take_over")
    await world.deliver()
    assert with_button("postmortem_take_over") == []
    assert len(with_button("postmortem_publish")) == 1


async def test_a_private_one_is_published_in_its_room_only(world: World) -> None:
    user = User(world)
    await ended(world, private=True)
    await write(user, "Half of all payments failed")
    await user.press("postmortem_send")
    await user.press("postmortem_approve", actor=BEN)
    await user.press("postmortem_publish")
    await world.deliver()
    assert (await world.incident(1)).postmortem.stage is Stage.PUBLISHED
    assert {each.channel for each in world.slack.of(ShareFile)} == {ROOM}


async def test_one_of_an_incident_without_a_room_is_announced_when_it_is_published(world: World) -> None:
    user = User(world)
    past = rules.Past(title="The night export was empty", severity=Severity.SEV2)
    await world.acts["incident"].begin(
        Act(id="past", team=TEAM, now=world.clock()),
        lambda number: rules.declare_past(past, number=number, by=ANNA, now=world.clock()),
    )
    await world.deliver()
    assert (await world.incident(1)).postmortem.is_owed
    await write(user, "It was empty")
    for button, actor in (("send", ANNA), ("approve", CLEO), ("publish", ANNA)):
        await user.press(f"postmortem_{button}", actor=actor, channel="C1")
    await world.deliver()
    assert [each.channel for each in world.slack.of(ShareFile)] == [INCIDENTS]


async def test_half_written_text_is_kept_for_each_section_until_it_is_saved(world: World) -> None:
    user = User(world)
    await ended(world)
    for section, text in (("summary", "Half"), ("lucky", "It was night")):
        about = {"section": section, "based_on": 0}
        await user.press("postmortem_text", fields={f"{section}_0": text}, metadata=about)
    opened = await user.press("postmortem_edit_lucky")
    assert initial(opened.view or {}, "lucky_0") == "It was night"
    typed = await user.word("postmortem edit summary")
    assert initial(typed.view or {}, FIELD) == "Half"
    assert initial((await user.press("postmortem_edit_summary", actor=BEN)).view or {}, FIELD) is None
    await write(user, "Half failed")
    async with world.database.reading() as session:
        kept = await drafts.of_incident(session, TEAM, ANNA, 1)
    assert list(kept) == ["postmortem:lucky"]


async def test_two_who_write_at_once_lose_nothing(world: World) -> None:
    user = User(world)
    await ended(world)
    await write(user, "Anna's text")
    second = await write(user, "Ben's text", by=BEN)
    assert f"<@{ANNA}> has changed this section" in words(second)
    assert "Anna's text" in words(second)
    assert initial(second, "summary_1") == "Ben's text"
    await write(user, "Both", by=BEN, field="summary_1", based_on=1)
    assert (await world.incident(1)).postmortem.text(PostmortemSection.SUMMARY) == "Both"
    about = {"section": "summary", "based_on": 2}
    history = await user.press("postmortem_versions", metadata=about)
    assert all(text in words(history.view or {}) for text in ("Both", "Anna's text"))
    await user.submit("postmortem_restore", {"version": "1"}, metadata=about, number=1)
    section = (await world.incident(1)).postmortem.sections[PostmortemSection.SUMMARY]
    assert (section.text, section.version) == ("Anna's text", 3)


async def test_one_form_that_goes_from_section_to_section_saves_each(world: World) -> None:
    user = User(world)
    await ended(world)
    for section in ("summary", "lucky"):
        about = {"section": section, "based_on": 0}
        await user.submit(
            "postmortem_section", {f"{section}_0": "The same"}, view="V1", metadata=about, number=1
        )
    incident = await world.incident(1)
    assert len(incident.postmortem.sections) == 2


async def test_a_secret_in_a_section_is_removed_everywhere(world: World) -> None:
    user = User(world)
    await ended(world)
    await write(user, "The password was swordfish")
    seq = (await world.incident(1)).version
    await user.word(f"strike {seq} secret")
    incident = await world.incident(1)
    assert "swordfish" not in str(incident)


async def test_what_is_struck_as_a_secret_does_not_stand_in_the_way_of_the_next_text(world: World) -> None:
    user = User(world)
    await ended(world)
    await write(user, "The password was swordfish")
    await user.word(f"strike {(await world.incident(1)).version} secret")
    await write(user, "A password was shown", field="summary_1", based_on=1)
    assert (await world.incident(1)).postmortem.text(PostmortemSection.SUMMARY) == "A password was shown"


async def test_only_whoever_may_close_gives_up_one_that_is_owed(world: World) -> None:
    user = User(world)
    await ended(world)
    only_ben = Permissions({Capability.CLOSE: Who(people=(BEN,))})
    policy = replace(world.policy, may=only_ben)
    refused = await user.word("postmortem none INC-7 covers it", actor=CLEO, policy=policy)
    assert refused.refused
    await user.word("postmortem none INC-7 covers it", actor=BEN, policy=policy)
    assert (await world.incident(1)).postmortem.stage is Stage.NOT_WANTED


async def test_an_incident_of_a_mild_severity_owes_none(world: World) -> None:
    await world.declare(severity=Severity.SEV3)
    await world.change(1, rules.resolve, by=BEN)
    assert (await world.incident(1)).postmortem.due_at is None


async def test_home_shows_what_a_person_owes(world: World) -> None:
    user = User(world)
    await ended(world)
    home = await user.dispatcher.home(user.request(channel=""))
    assert "Postmortems that you write" in words(home.view or {})
    for number in range(2, 16):  # many others were closed since
        await world.declare(severity=Severity.SEV4)
        await world.change(number, rules.resolve, by=BEN)
    again = await user.dispatcher.home(user.request(channel=""))
    assert "Postmortems that you write" in words(again.view or {})
    other = await user.dispatcher.home(user.request(channel="", actor=BEN))
    assert "Postmortems that you write" not in words(other.view or {})
