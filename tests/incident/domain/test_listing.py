"""What people type after `list`, and the words by which incidents are found."""

from datetime import timedelta

import pytest

from bot.incident.domain.listing import Listing, Which, is_recent, parse_listing, telling_words
from bot.incident.domain.vocabulary import Milestone, Severity
from tests.incident.domain.situations import declared, resolved


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("", Listing()),
        ("open", Listing()),
        ("Mine", Listing(Which.MINE)),
        ("sev1 all", Listing(Which.ALL, Severity.SEV1)),
        ("all checkout-API fails", Listing(Which.ALL, words=("checkout", "api", "fails"))),
        ("2 shops sev9", Listing(words=("2", "shops", "sev9"))),
        ("!?", Listing()),
    ],
)
def test_what_is_typed_after_list(typed: str, meant: Listing) -> None:
    assert parse_listing(typed) == meant


def test_what_was_asked_can_be_typed_again() -> None:
    wanted = parse_listing("mine SEV2 slow Search", page=3)
    assert wanted.asked == "mine sev2 slow search"
    assert parse_listing(wanted.asked, page=3) == wanted


def test_words_of_many_titles_do_not_make_incidents_similar() -> None:
    assert telling_words("The checkout is down for users") == ("checkout",)


def test_an_incident_is_recent_for_a_week_after_its_end() -> None:
    over = resolved(declared())
    end = over.milestones[Milestone.RESOLVED]
    assert is_recent(declared(), end + timedelta(days=100))
    assert is_recent(over, end + timedelta(days=6))
    assert not is_recent(over, end + timedelta(days=7))
