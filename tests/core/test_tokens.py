"""Slack's tokens are parsed and turned into words."""

import pytest

from bot.core.tokens import Kind, Token, in_words, people, split
from tests.incident.domain.situations import ALICE, BOB

NAMES = {BOB: "Bob Brown"}


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("<@U0BOB> says that checkout is down", "@Bob Brown says that checkout is down"),
        ("<@U0BOB|bob>", "@Bob Brown"),
        ("<@U0ALICE|alice>", "@alice"),
        ("<@W0ALICE>", "@W0ALICE"),
        ("<#C0OPS|ops> and <#C0OPS>", "#ops and #C0OPS"),
        ("<#C0SECRET|>", "#C0SECRET"),
        ("<!subteam^S012ABC3D|@checkout-team>", "@checkout-team"),
        ("<!subteam^S012ABC3D|checkout-team>", "@checkout-team"),
        ("<!subteam^S012ABC3D>", "a user group"),
        ("<!here> <!channel|@channel> <!everyone>", "@here @channel @everyone"),
        ("<!date^1392734382^{date} at {time}|Feb 18>", "Feb 18"),
        ("<!date^1392734382^{date}^https://example.com/|Feb 18>", "Feb 18"),
        ("<!date^1392734382^{date}>", "1392734382"),
        ("<https://example.com/a?b=c&d=e>", "https://example.com/a?b=c&d=e"),
        ("<https://example.com/x|the site>", "https://example.com/x"),
        ("<http://example.com|example.com>", "example.com"),
        ("<mailto:a@example.com|a@example.com>", "a@example.com"),
        ("<tel:+15555550100|call>", "+15555550100"),
        ("a < b > c <unknown> <@nobody>", "a < b > c <unknown> <@nobody>"),
    ],
)
def test_every_token_becomes_words(typed: str, words: str) -> None:
    assert in_words(typed, NAMES) == words


def test_the_pieces_joined_are_the_whole_text() -> None:
    text = "see <@U0BOB>, <#C1|ops> and <b>"
    pieces = list(split(text))
    assert "".join(piece.typed if isinstance(piece, Token) else piece for piece in pieces) == text
    assert [piece.kind for piece in pieces if isinstance(piece, Token)] == [Kind.PERSON, Kind.CHANNEL]


def test_each_mentioned_person_is_found_once_and_in_order() -> None:
    assert people("<@U0BOB|bob> and <@U0ALICE>, but <@U0BOB> first in <#C1>") == [BOB, ALICE]
