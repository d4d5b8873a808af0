"""Mentions of people in typed text, as Slack writes them."""

import pytest

from bot.core import mentions
from tests.incident.domain.situations import ALICE, BOB


@pytest.mark.parametrize("typed", ["<@U0ALICE>", "<@U0ALICE|alice>", " <@U0ALICE> "])
def test_a_mention_names_a_person(typed: str) -> None:
    assert mentions.person(typed) == ALICE


@pytest.mark.parametrize(
    "typed", ["", "alice", "@alice", "U0ALICE", "<@U0ALICE> <@U0BOB>", "<!subteam^S1>", "<#C1>"]
)
def test_nothing_else_is_a_mention(typed: str) -> None:
    assert mentions.person(typed) is None


def test_people_are_named_where_mentions_are_not_shown() -> None:
    assert mentions.with_names("<@U0ALICE> and <@U0BOB>", {ALICE: "Alice"}) == "Alice and <@U0BOB>"


def test_times_are_in_utc_where_tokens_are_not_shown() -> None:
    told = mentions.with_names(
        "before <!date^1795442400^{time}|2026-11-23 14:00 UTC>, see <#C1>: `<!date^1^{time}|x>`", {}
    )
    assert told == "before 2026-11-23 14:00 UTC, see <#C1>: `<!date^1^{time}|x>`"


def test_a_command_in_backticks_can_be_typed_as_it_is() -> None:
    told = mentions.with_names(
        "Ask <@U0BOB>: `/incident assign <@U0ALICE> force`", {ALICE: "Alice", BOB: "Bob"}
    )
    assert told == "Ask Bob: `/incident assign <@U0ALICE> force`"
