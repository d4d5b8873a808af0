"""What could not be shown is named, whatever it is."""

from typing import get_args

import pytest

from bot.incident.domain.effects import Effect, Warn
from bot.incident.views.effects import what_of


@pytest.mark.parametrize("kind", sorted({each.__name__ for each in get_args(Effect)} - {Warn.__name__}))
def test_every_effect_has_words_for_its_failure(kind: str) -> None:
    assert what_of(kind) != what_of("something unheard of")
