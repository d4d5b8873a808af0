"""When two acts count as the same."""

from bot.core.dedup import MOMENT, digest, same_message, same_press, same_words
from tests.incident.domain.situations import ALICE, BOB


def test_case_and_white_space_do_not_change_the_digest() -> None:
    assert same_words("declare", ALICE, "Checkout is failing") == same_words(
        "declare", ALICE, " checkout  IS\nfailing"
    )


def test_another_person_act_or_word_changes_the_digest() -> None:
    keys = {
        same_words(what, by, words).key
        for what in ("declare", "note:1")
        for by in (ALICE, BOB)
        for words in ("Checkout is failing", "Checkout failed")
    }
    assert len(keys) == 8


def test_words_and_button_presses_count_for_a_short_time_and_a_message_for_ever() -> None:
    assert same_words("declare", ALICE, "Down").within == same_press("draft:1:2").within == MOMENT
    assert same_message("C1:1.2").within is None


def test_any_text_has_a_digest_of_the_same_length() -> None:
    assert {len(digest(text)) for text in ("", "x" * 4000, "\ud800", "決済")} == {32}
