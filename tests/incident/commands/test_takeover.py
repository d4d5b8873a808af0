"""`/incident takeover`, and the buttons that answer it."""

from dataclasses import replace

import pytest

from bot.incident.domain import facts, rules
from bot.incident.domain.vocabulary import Role
from tests.incident.commands.factory import change, press, refusal, say
from tests.incident.domain.situations import BOB, CAROL, NOW, after, declared

COMMANDED = declared(commander=BOB)
ASKED = after(COMMANDED, rules.ask_takeover(COMMANDED, by=CAROL, now=NOW))


@pytest.mark.parametrize("word", ["takeover", "take-over"])
def test_the_word_asks_the_commander(word: str) -> None:
    assert change(say(word, COMMANDED), COMMANDED) == facts.TakeoverAsked(at=NOW, by=CAROL, commander=BOB)


def test_the_buttons_hand_over_or_keep_command() -> None:
    asked = {"actor": BOB, "metadata": {"asker": CAROL}}
    passed = change(press("takeover_accept", ASKED, **asked), ASKED)
    assert isinstance(passed, facts.RoleAssigned)
    assert (passed.role, passed.person, passed.by) == (Role.COMMANDER, CAROL, BOB)
    kept = change(press("takeover_keep", ASKED, **asked), ASKED)
    assert kept == facts.TakeoverDeclined(at=NOW, by=BOB, to=CAROL)


@pytest.mark.parametrize("metadata", [{}, {"asker": "U0STRANGER"}, {"asker": 7}])
def test_a_button_about_somebody_else_is_refused(metadata: dict[str, object]) -> None:
    outcome = press("takeover_accept", ASKED, actor=BOB, metadata=metadata)
    assert "already been answered" in refusal(outcome, ASKED).message
    nobody = replace(COMMANDED, takeover_by=None)
    assert "already been answered" in refusal(press("takeover_keep", nobody, actor=BOB), nobody).message
