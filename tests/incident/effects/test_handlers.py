"""Every effect has all that it needs: a handler in its own file, and words for a failure."""

import re
from typing import Any, get_args

import pytest

from bot.cli import doctor
from bot.engine.delivery.lane import LaneChannel
from bot.engine.store.failures import Refusal
from bot.engine.store.kinds import OPEN_ROOM, WARN
from bot.incident.domain.cadence import EscalationStep, Promise, ScheduledReminder
from bot.incident.domain.effects import (
    Announce,
    Broadcast,
    CloseBroadcast,
    CloseReminder,
    Effect,
    Invite,
    OpenRoom,
    PinCard,
    Place,
    Remind,
    SetTopic,
    ShareDraft,
    ShowCard,
    ShowLink,
    ShowOffer,
    TellChannel,
    TellRoom,
)
from bot.incident.effects import lanes
from bot.incident.effects.registry import EFFECTS
from bot.incident.views import warnings
from bot.ports.slack.port import SLACK
from tests.incident.domain.situations import ALICE, NOW
from tests.incident.views.reading import said

TYPES: tuple[type[Any], ...] = get_args(Effect)
each_effect = pytest.mark.parametrize("effect", TYPES, ids=[each.__name__ for each in TYPES])


@each_effect
def test_an_effect_has_exactly_one_handler(effect: type[Any]) -> None:
    handlers = [each for each in EFFECTS.handlers if each.effect is effect]
    assert handlers == [EFFECTS.by_kind(effect.__name__)]


def test_there_are_no_other_handlers() -> None:
    assert {each.effect for each in EFFECTS.handlers} == set(TYPES)


@each_effect
def test_each_effect_has_its_own_file(effect: type[Any]) -> None:
    handler = EFFECTS.by_kind(effect.__name__)
    assert handler is not None
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", effect.__name__).lower()
    assert handler.render.__module__ == f"bot.incident.effects.{name}"


def test_the_lanes_with_a_channel_limit_are_in_the_room() -> None:
    limited = {each.lane for each in EFFECTS.handlers if each.lane.of_a_channel}
    assert {each.where for each in limited} == {LaneChannel.OWN}


def test_lanes_have_different_names() -> None:
    every = {each.lane for each in EFFECTS.handlers}
    assert len({each.name for each in every}) == len(every)


def test_the_kinds_that_the_engine_asks_for_exist() -> None:
    assert {WARN, OPEN_ROOM} <= {each.kind for each in EFFECTS.handlers}
    assert EFFECTS.warnings == EFFECTS.of(TellRoom(1)).lane.name


@each_effect
def test_every_effect_has_words_for_its_failure(effect: type[Any]) -> None:
    what = EFFECTS.what_of(effect.__name__)
    assert what != EFFECTS.what_of("something unheard of")
    assert re.fullmatch(r"[a-z]+ [^.:]+", what)  # a sentence continues after it
    assert f"I could not {what}: Slack says `odd`" in said(warnings.warning(SLACK, what, "odd"))


@each_effect
def test_doctor_names_each_refused_effect(effect: type[Any]) -> None:
    listed = doctor._refusal(Refusal("incident", 1, effect.__name__, "odd", [7]))
    handler = EFFECTS.by_kind(effect.__name__)
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
def test_a_warning_names_what_could_not_be_done(effect: Effect, what: str) -> None:
    assert EFFECTS.of(effect).what == what


def test_effects_that_ask_somebody_to_act_go_before_effects_that_inform() -> None:
    nudge = ScheduledReminder(Promise.UPDATE, NOW, EscalationStep.ROOM)
    urgent = (ShowOffer(7), Remind(1, nudge), CloseReminder(1))
    assert {EFFECTS.of(each).lane for each in urgent} == {lanes.URGENT}
    assert EFFECTS.of(TellRoom(7)).lane.yields_to == lanes.URGENT.name


def test_the_declarer_gets_the_link_after_the_room_was_opened_or_refused() -> None:
    assert EFFECTS.of(ShowLink()).lane is EFFECTS.of(OpenRoom()).lane
    assert EFFECTS.of(ShowLink()).needs is None


def test_the_card_is_pinned_once_it_is_posted() -> None:
    assert EFFECTS.of(PinCard()).needs is Place.CARD


def test_an_effect_that_shows_the_latest_state_replaces_all_that_wait() -> None:
    assert all(EFFECTS.of(effect).coalesces for effect in (SetTopic(), ShowCard(), Announce()))
    assert not EFFECTS.of(TellRoom(1)).coalesces


def test_replies_to_the_announcement_come_after_it_and_wait_for_nothing_else() -> None:
    """Without an incidents channel there is no announcement to wait for."""
    assert EFFECTS.of(TellChannel(1)).lane is EFFECTS.of(Announce()).lane
    assert EFFECTS.of(TellChannel(1)).needs is None


def test_broadcasts_and_their_answers_keep_their_order_apart_from_the_room() -> None:
    nudge = ScheduledReminder(Promise.UPDATE, NOW, EscalationStep.CHANNEL)
    assert {EFFECTS.of(each).lane for each in (Broadcast(1, nudge), CloseBroadcast(1))} == {lanes.BROADCAST}
