"""The war room's message about a note is edited when the note is corrected, struck or put back."""

from bot.engine.delivery.dead_letters import retry_dead_letters
from bot.engine.store import places
from bot.incident.domain import rules
from bot.incident.domain.corrections import find
from bot.ports.port import Dead
from bot.ports.slack.calls import Edit, Post, UploadFile
from bot.subjects import REGISTRIES
from tests.engine.user import User, said
from tests.engine.world import ANNA, BEN, CLEO, World
from tests.incident.views.reading import said as shown


async def noted(world: World, text: str = "Errors began") -> User:
    """The room with a note, #2."""
    await world.declare()
    await world.deliver()
    user = User(world)
    await user.word(f"note {text}")
    await world.deliver()
    return user


def note_in_room(world: World) -> str:
    """The last message of the war room, as Slack shows it."""
    of_room = [message for (channel, _), message in world.slack.shown.items() if channel == "CROOM1"]
    return shown(of_room[-1])


async def test_a_corrected_note_is_edited_in_place_and_nothing_is_posted(world: World) -> None:
    user = await noted(world)
    posted = len(world.slack.of(Post))
    answer = await user.word("timeline fix 2 Errors rose", actor=BEN)
    await world.deliver()
    assert "*#2* is corrected" in said(answer)
    assert ">Errors rose" in note_in_room(world)
    assert ":pencil2: corrected by Uben" in note_in_room(world)
    assert len(world.slack.of(Post)) == posted


async def test_a_struck_note_leaves_the_room_and_comes_back(world: World) -> None:
    user = await noted(world)
    await user.word("strike 2 wrong incident")
    await world.deliver()
    assert note_in_room(world) == ":wastebasket: Note #2 was struck by Uanna: wrong incident"
    await user.word("unstrike 2")
    await world.deliver()
    assert ">Errors began" in note_in_room(world)


async def test_the_list_and_the_draft_show_what_counts(world: World) -> None:
    user = await noted(world)
    await user.word("note Rolled back")
    await user.word("strike 2")
    await user.word("timeline fix 3 Rolled back 214")
    told = said(await user.word("timeline"))
    assert "Rolled back 214" in told
    assert "Errors began" not in told
    await user.word("postmortem")
    await world.deliver()
    (draft,) = world.slack.of(UploadFile)
    assert "Rolled back 214" in draft.content
    assert "Errors began" not in draft.content
    assert "_1 entry was struck and is not shown._" in draft.content


async def test_nobody_is_notified_of_having_been_recorded(world: World) -> None:
    await noted(world, f"asked <@{BEN}|ben> and <@{CLEO}> to look")
    assert "asked Uben and Ucleo to look" in note_in_room(world)
    assert f"<@{BEN}>" not in "".join(world.slack.said())


async def test_an_old_message_whose_place_is_not_known_is_left_alone(world: World) -> None:
    user = await noted(world)
    async with world.database.writing() as session:
        assert await places.forget(session, 1, "fact:room:2")
    world.slack.calls.clear()
    await user.word("timeline fix 2 Errors rose")
    await world.deliver()
    assert not world.slack.of(Edit)


async def test_what_was_told_together_is_corrected_together(world: World) -> None:
    await world.declare()
    await world.deliver()
    user = User(world)
    world.slack.answers[Post] = [Dead("is_archived")] * 20
    for text in ("Errors began", "Rolled back"):
        await user.word(f"note {text}")
        await world.deliver()
    world.slack.answers.clear()
    async with world.database.writing() as session:
        await retry_dead_letters(session, REGISTRIES, world.team, world.clock())
    await world.deliver()
    assert "While this room could not be reached" in note_in_room(world)
    await user.word("strike 2")
    await user.word("timeline fix 3 Rolled back 214")
    await world.deliver()
    assert "Errors began" not in note_in_room(world)
    assert "Rolled back 214" in note_in_room(world)


async def test_the_places_of_single_facts_are_read_only_to_edit_them(world: World) -> None:
    await noted(world)
    async with world.database.reading() as session:
        usual = (await places.of(session, [1]))[1]
        single = (await places.of_facts(session, [1]))[1]
        assert await places.of_facts(session, []) == {}
    assert set(single) == {"fact:room:2"}
    assert not usual.keys() & single.keys()


async def test_pages_are_turned_and_the_form_answers_in_its_place(world: World) -> None:
    user = await noted(world)
    page = await user.press("timeline_earlier", metadata={"number": 1, "page": 1})
    assert page.in_place
    opened = await user.press("correct_entry", metadata={"number": 1, "entry": 2})
    assert opened.view
    done = await user.submit(
        "correct_entry", {"text": "Errors rose", "what": "correct"}, number=1, metadata={"entry": 2}
    )
    assert "*#2* is corrected" in str(done.replace)
    history = await world.timeline(1)
    found = find(history, 2)
    assert found
    assert found.text == "Errors rose"
    assert history[1].fact.by == ANNA


async def test_the_state_follows_from_the_history_with_corrections_too(world: World) -> None:
    user = await noted(world)
    await user.word("strike 2")
    await user.word("unstrike 2")
    await world.change(1, rules.take_command)
    assert (await world.incident(1)).version == 5
