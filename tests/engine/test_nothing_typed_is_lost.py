"""No answer to a command loses what was typed: it has an effect, or the answer gives it back or holds it in a form."""

import json

import pytest

from bot.engine.people import person_row
from bot.engine.store import people
from bot.incident.commands import elsewhere, registry
from bot.incident.dispatch.answers import Answer
from bot.incident.domain import rules
from bot.incident.store import incidents
from tests.conftest import NOON
from tests.engine.user import User
from tests.engine.world import ANNA, BEN, TEAM, World

GUEST = "UGUEST"
MARK = "zzqx"  # every text begins with it
TEXTS = {
    "a sentence": f"{MARK} the deploy of checkout & <b>search</b> was *not* it",
    "a hostile text": f"{MARK} <!channel> ```fence``` `tick` &amp; <https://evil.example|good>",
    "far too long": f"{MARK} {'long ' * 1200}",
    "one word": MARK,
}

registry.discover()


def gives_back(answer: Answer) -> bool:
    """Whether the person has what they typed before them: in the message, or in a form."""
    blocks = answer.message.blocks if answer.message else []
    return MARK in json.dumps([blocks, answer.view, answer.replace], ensure_ascii=False)


async def is_recorded(world: World, number: int) -> bool:
    async with world.database.reading() as session:
        return MARK in str(await incidents.history(session, TEAM, number))


@pytest.mark.parametrize("place", ["named", "over", "nowhere", "guest"])
@pytest.mark.parametrize("text", TEXTS)
async def test_whatever_is_typed_after_any_command_is_used_or_given_back(
    world: World, place: str, text: str
) -> None:
    async with world.database.writing() as session:
        await people.remember(session, person_row(TEAM, GUEST, {"name": "Guest", "is_guest": "yes"}, NOON))
    user, lost = User(world), []
    for turn, name in enumerate(sorted(registry.COMMANDS)):
        number = (await world.declare(f"Number {turn}", commander=ANNA if turn % 2 else BEN)).number
        if place == "over":
            await world.change(number, rules.resolve)
        named = f"INC-{number}: " if registry.COMMANDS[name].action.about is registry.INCIDENT else ""
        typed = f"{name} {'' if place == 'nowhere' else named}{TEXTS[text]}"
        actor = GUEST if place == "guest" else ANNA
        answer = await user.word(typed, channel="CGENERAL", actor=actor)
        if not gives_back(answer) and not await is_recorded(world, number):
            lost.append(name)
    assert lost == []


@pytest.mark.parametrize("word", ["xyzzy", "sevrity", *sorted(elsewhere.ELSEWHERE)[:3]])
async def test_what_follows_an_unknown_word_is_given_back(world: World, word: str) -> None:
    assert gives_back(await User(world).word(f"{word} {TEXTS['a hostile text']}", channel="CGENERAL"))


async def test_mentions_are_given_back_as_they_are_typed(world: World) -> None:
    typed = "assign <@UGONE123|ben> janitor, see <#C0123ABCD|general>"
    answer = await User(world).word(typed, channel="CGENERAL")
    shown = json.dumps(answer.message.blocks if answer.message else [])
    assert "/incident assign @ben janitor, see #general" in shown


async def test_a_command_without_text_is_done_and_says_that_it_used_none(world: World) -> None:
    await world.declare(commander=ANNA)
    answer = await User(world).word("leave INC-1: my shift is over", channel="CGENERAL")
    assert answer.message
    shown = json.dumps(answer.message.blocks)
    assert "`leave` takes no text. You typed:" in shown
    assert "my shift is over" in shown
    assert (await world.incident(1)).commander is None


async def test_a_reference_alone_is_no_text(world: World) -> None:
    await world.declare(commander=ANNA)
    answer = await User(world).word("show INC-1", channel="CGENERAL")
    assert answer.message
    assert "takes no text" not in json.dumps(answer.message.blocks)
