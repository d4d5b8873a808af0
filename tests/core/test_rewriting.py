"""Which entries were rewritten, and why."""

from datetime import date

import pytest

from bot.core.rewriting import Why, is_removed, ranges, removed_on, rewritten_sentence


@pytest.mark.parametrize(
    ("numbers", "short"), [([], ""), ([7], "7"), ([3, 1, 2, 7, 7], "1-3, 7"), ([1, 2, 4, 5], "1-2, 4-5")]
)
def test_numbers_are_short(numbers: list[int], short: str) -> None:
    assert ranges(numbers) == short


def test_the_sentence_says_why_and_how_many() -> None:
    assert rewritten_sentence(Why.FORGOTTEN, 1).startswith("A person was forgotten: 1 entry has a pseudonym")
    assert (
        rewritten_sentence(Why.RETENTION, 34)
        == "People, words and links were removed from 34 entries (retention)"
    )


def test_what_was_removed_says_since_when() -> None:
    text = removed_on(date(2026, 11, 29))
    assert text == "(removed on 2026-11-29, retention)"
    assert is_removed(text)
    assert not is_removed("(removed on a whim)")
