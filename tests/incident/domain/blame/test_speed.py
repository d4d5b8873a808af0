"""The reader for blame is fast, whatever it is given."""

import re
import time
from collections.abc import Callable

import pytest

from bot.incident.domain import blame
from tests.incident.domain.blame.scoring import labelled

SIZE = 100_000


def seconds(work: Callable[[], object]) -> float:
    """The processor time that it takes, the better of two."""
    best = float("inf")
    for _ in range(2):
        begin = time.process_time()
        work()
        best = min(best, time.process_time() - begin)
    return best


def test_ten_thousand_lines_take_little_more_than_to_find_their_words() -> None:
    sentences = [text for part in ("rules", "held_out") for _, text in labelled(part)]
    text = "\n\n".join(f"- {sentences[at % len(sentences)]}" for at in range(10_000))
    words = re.compile(r"[^\W\d_](?:[\w'-]*[^\W_])?|\d[\d.,:]*|[^\w\s]")

    def plain_pass() -> None:
        for match in words.finditer(text):
            match.group().lower()

    assert seconds(lambda: blame.read(text)) < 40 * seconds(plain_pass)


@pytest.mark.parametrize(
    "piece",
    [
        "should have ",
        "should have been ",
        "if had ",
        "could have and ",
        "Bob forgot ",
        "caused by ",
        "human error ",
        "not ",
        "“",
        '"',
        "`",
        "<@U",
        "<",
        "- ",
        "|",
        "a-",
        "1.",
        "really ",
        ", who ",
        "Alice's ",
        "(",
        "\\",
        "#",
        "```\n",
        "## Action items\n- ",
        "## Action items\n| a | b |\n",
        "owner: ",
        "http://",
        " \n",
    ],
)
def test_hostile_text_takes_time_in_proportion_to_its_length(piece: str) -> None:
    def read(size: int) -> float:
        return seconds(lambda: blame.read((piece * (size // len(piece) + 1))[:size]))

    assert read(SIZE) < 40 * max(
        read(SIZE // 10), 0.001
    )  # ten times as long; a square would take a hundred times
