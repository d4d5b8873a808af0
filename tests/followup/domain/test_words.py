"""Words: how an action item is typed, listed, and found to be about a new incident."""

from datetime import date

import pytest

from bot.core.dates_ahead import NoSuchDay
from bot.followup.commands.arguments import Arguments, parse
from bot.followup.domain.listing import Listing, Which, parse_listing
from bot.followup.domain.matching import is_about_the_same, words_of

MONDAY = date(2026, 11, 23)
FRIDAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    "typed",
    [
        "<@U1|bob> by friday Add an alert",
        "by friday <@U1|bob> Add an alert",
        "Add an alert by friday <@U1|bob>",
        "Add an alert <@U1|bob> by friday",
        "<@U1|bob>: Add an alert, by friday",
        "Add an alert for <@U1|bob> by friday",
        "friday <@U1|bob> Add an alert",
        "owner: <@U1|bob> Add an alert due friday",
    ],
)
def test_the_parts_may_be_in_any_order(typed: str) -> None:
    assert parse(typed, MONDAY) == Arguments("Add an alert", "<@U1|bob>", FRIDAY)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("me by friday add it", Arguments("add it", "me", FRIDAY)),
        ("by friday me: add it", Arguments("add it", "me", FRIDAY)),
        ("for me add it", Arguments("add it", "me", None)),
        ("@bob add it", Arguments("add it", "@bob", None)),
        ("mend it", Arguments("mend it", "", None)),
        ("write to admin@example.com", Arguments("write to admin@example.com", "", None)),
        ("", Arguments("", "", None)),
        ("<@U1> ask <@U2> by friday", Arguments("ask <@U2>", "<@U1>", FRIDAY)),
    ],
)
def test_a_part_may_be_missing(typed: str, expected: Arguments) -> None:
    assert parse(typed, MONDAY) == expected


def test_a_day_that_cannot_be_is_told() -> None:
    assert isinstance(parse("<@U1> by 2026-02-31 add it", MONDAY), NoSuchDay)


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("", Listing()),
        ("open", Listing()),
        ("mine", Listing(Which.MINE)),
        ("my", Listing(Which.MINE)),
        ("late INC-12", Listing(Which.OVERDUE, 12)),
        ("inc-12", Listing(Which.ALL, 12)),
        ("done", Listing(Which.DONE)),
        ("what is there", None),
    ],
)
def test_a_list_is_asked_for_in_words(typed: str, wanted: Listing | None) -> None:
    assert parse_listing(typed) == wanted
    if wanted:
        assert parse_listing(wanted.asked) == wanted


@pytest.mark.parametrize(
    ("incident", "is_same"),
    [
        ("Replica lag on checkout", True),
        ("REPLICAS LAG", True),
        ("Replication lags", True),
        ("Lag", False),
        ("Alerts are missing for the replica", True),
        ("Checkout is failing", False),
    ],
)
def test_two_telling_words_in_common_are_about_the_same(incident: str, *, is_same: bool) -> None:
    assert is_about_the_same("Add an alert on replica lag", words_of(incident)) is is_same
