"""Documents as they are stored."""

import json

import pytest

from bot.engine.store.codec import dump, load


@pytest.mark.parametrize(
    "document", [{"title": '決済 \x1b " \\ 🔥', "people": ["UANNA"], "number": 1, "note": None}, [], ""]
)
def test_what_is_written_is_read_again(document: object) -> None:
    assert load(dump(document)) == document
    assert json.loads(dump(document)) == document  # by other releases too


def test_half_an_emoji_of_an_early_release_is_read() -> None:
    assert load('{"title": "\\ud83d"}') == {"title": "\ud83d"}


def test_a_damaged_document_is_refused() -> None:
    with pytest.raises(ValueError, match="Expecting"):
        load('{"title": ')
