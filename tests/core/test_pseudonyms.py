"""People are replaced by pseudonyms, in ids, in mentions and, if wanted, in words."""

from typing import Any

import pytest

from bot.core.actor import former
from bot.core.pseudonyms import Pseudonyms, called

ANNA = "U0ANNA"
PSEUDONYM = "Former colleague 1"
IDS = Pseudonyms({ANNA: PSEUDONYM}, {})
NAMES = Pseudonyms({ANNA: PSEUDONYM}, called(["Anna Müller", "anna", " "], PSEUDONYM))


def test_an_id_alone_is_replaced_by_an_actor() -> None:
    assert IDS.actor(ANNA) == IDS.document(ANNA) == former(PSEUDONYM)
    assert IDS.actor("U0ANNABEL") == "U0ANNABEL"


@pytest.mark.parametrize(
    ("text", "after"),
    [
        (f"<@{ANNA}> and <@{ANNA}|anna>", "Former colleague 1 and Former colleague 1"),
        (f"dm:{ANNA}", "dm:former-colleague-1"),
        (f"X{ANNA} {ANNA}X U0ANN", f"X{ANNA} {ANNA}X U0ANN"),
        ("", ""),
    ],
)
def test_an_id_within_a_string_is_replaced_if_it_stands_alone(text: str, after: str) -> None:
    assert IDS.document(text) == after


def test_people_read_the_pseudonym_in_texts() -> None:
    document = {"text": f"{ANNA} saw it", "author": ANNA, "words": [f"<@{ANNA}>", 3, None]}
    assert IDS.document(document, ("text",)) == {
        "text": "Former colleague 1 saw it",
        "author": former(PSEUDONYM),
        "words": [PSEUDONYM, 3, None],
    }


def test_keys_are_replaced_too() -> None:
    assert IDS.document({"scribe": {ANNA: 1}}) == {"scribe": {former(PSEUDONYM): 1}}


def test_names_are_replaced_as_words_without_case_the_longest_first() -> None:
    said = "ANNA MÜLLER, @anna and Annabel"
    assert NAMES.text(said) == "Former colleague 1, Former colleague 1 and Annabel"
    assert NAMES.document(said, None) == NAMES.text(said)
    assert NAMES.document(said) == said
    assert IDS.text(said) == said


@pytest.mark.parametrize(
    ("document", "count"), [({"anna": ["Anna!", {"a": "anna müller"}]}, 3), (7, 0), (None, 0), ("hannah", 0)]
)
def test_names_are_counted_wherever_they_stand(document: Any, count: int) -> None:
    assert NAMES.count_words(document) == count
    assert IDS.count_words(document) == 0


def test_nobody_is_replaced_by_no_pseudonyms() -> None:
    assert Pseudonyms({}, {}).document({"by": ANNA}) == {"by": ANNA}
