"""The words of a passage, by which the reader for blame decides whether to take it apart."""

from hypothesis import example, given
from hypothesis import strategies as st

from bot.incident.domain.blame.read import RULES
from bot.incident.domain.blame.sentences import sentences, vocabulary
from tests.incident.domain.blame.scoring import labelled

TRIGGERS = sorted(frozenset().union(*(rule.triggers for rule in RULES)))
CORPUS = [text for part in ("rules", "published", "held_out", "final") for _, text in labelled(part)]
BETWEEN = [
    *" \n\t-_'\u2019.:,;/|\\\"“”`<>()[]#@…—\u2028İß\u017f²٣é3",
    "http://x/",
    "<@U1>",
    "<a|b>",
    "9:",
    "1.",
    "s",
]
PIECES = st.sampled_from([*TRIGGERS, *map(str.upper, TRIGGERS), *BETWEEN, *BETWEEN, *CORPUS[::9]])


def words_of(text: str) -> set[str]:
    """The words at which a rule can look closer."""
    return {
        word.text
        for sentence in sentences(text, 0, len(text))
        for word in sentence
        if word.text[:1].isalpha()
    }


def test_it_has_every_word_of_the_corpus() -> None:
    for text in CORPUS:
        assert words_of(text) <= vocabulary(text, 0, len(text)), text


@given(st.lists(PIECES, max_size=30).map("".join))
@example("3a-failed")  # a number, and then a word
@example("It\u2019s `x`failed")
@example("<@U1>failed_2-forgot")
def test_it_has_every_word_of_the_sentences_whatever_stands_between_them(text: str) -> None:
    assert words_of(text) <= vocabulary(text, 0, len(text))


def test_only_the_passage_is_looked_at() -> None:
    text = "We forgot\nthe lock."
    assert vocabulary(text, 3, 13) == {"forgot", "the"}
