"""Every effect has all that it needs: a handler in a file of its own, and words for the day when it fails."""

import re
from typing import Any, get_args

import pytest

from bot.application.effects.registry import HANDLERS, by_kind, handler_of, what_of
from bot.cli import doctor
from bot.incident.domain.effects import (
    Announce,
    CloseReminder,
    Effect,
    Invite,
    OpenRoom,
    PinCard,
    ShareDraft,
    ShowCard,
    TellRoom,
)
from bot.incident.views import messages
from bot.store.failures import Refusal
from tests.incident.domain.situations import ALICE
from tests.incident.views.reading import said

EFFECTS: tuple[type[Any], ...] = get_args(Effect)
each_effect = pytest.mark.parametrize("effect", EFFECTS, ids=[each.__name__ for each in EFFECTS])


@each_effect
def test_an_effect_has_exactly_one_handler(effect: type[Any]) -> None:
    handlers = [each for each in HANDLERS if each.effect is effect]
    assert handlers == [by_kind(effect.__name__)]


def test_there_is_no_handler_of_anything_else() -> None:
    assert {each.effect for each in HANDLERS} == set(EFFECTS)


@each_effect
def test_an_effect_is_put_into_words_in_a_file_of_its_own(effect: type[Any]) -> None:
    handler = by_kind(effect.__name__)
    assert handler is not None
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", effect.__name__).lower()
    assert handler.render.__module__ == f"bot.application.effects.{name}"


@each_effect
def test_an_effect_says_itself_what_the_outbox_has_to_know(effect: type[Any]) -> None:
    """What is inherited may be wrong silently."""
    assert {"lane", "needs", "patience", "coalesces"} <= set(vars(effect))


@each_effect
def test_every_effect_has_words_for_its_failure(effect: type[Any]) -> None:
    what = what_of(effect.__name__)
    assert what != what_of("something unheard of")
    assert re.fullmatch(r"[a-z]+ [^.:]+", what)  # it reads on, and something follows
    assert f"I could not {what}: Slack says `odd`" in said(messages.warning(what, "odd"))


@each_effect
def test_doctor_names_what_slack_refused(effect: type[Any]) -> None:
    listed = doctor._refusal(Refusal("INC-1", effect.__name__, "odd", [7]))
    handler = by_kind(effect.__name__)
    assert handler is not None
    assert listed == f"INC-1: I could not {handler.what}: odd. (7)"


@pytest.mark.parametrize(
    ("effect", "what"),
    [
        (OpenRoom(), "open the war room"),
        (Invite((ALICE,)), "bring everybody into the war room"),
        (ShowCard(), "show the card"),
        (PinCard(), "pin the card"),
        (Announce(), "announce it in the incidents channel"),
        (TellRoom(1), "post a message"),
        (ShareDraft(), "post the postmortem draft (`warroom postmortem` prints it)"),
        (CloseReminder(1), "mark a reminder as answered"),
    ],
)
def test_what_could_not_be_done_is_named(effect: Effect, what: str) -> None:
    assert handler_of(effect).what == what
