"""The addresses of incidents outside of Slack."""

import pytest

from bot.incident.domain.links import LinkPattern

PATTERN = LinkPattern("https://incidents.example.com/{reference}")


def test_an_address_names_its_incident() -> None:
    assert PATTERN.of(42) == "https://incidents.example.com/INC-42"
    assert PATTERN.number_in(PATTERN.of(42)) == 42
    assert PATTERN.domain == "incidents.example.com"
    assert PATTERN.problem == ""


@pytest.mark.parametrize(
    ("address", "number"),
    [
        ("https://Incidents.Example.COM/inc-7", 7),
        ("https://incidents.example.com/INC-7/?utm=1#top", 7),
        ("https://incidents.example.com/INC-7x", None),
        ("https://incidents.example.com/INC-7777777777777", None),
        ("https://incidents.example.com/", None),
        ("https://incidentsXexample.com/INC-7", None),
        ("https://incidents.example.com.evil.example/INC-7", None),
        ("https://evil.example/?https://incidents.example.com/INC-7", None),
        ("http://incidents.example.com/INC-7", None),
        ("", None),
    ],
)
def test_only_addresses_of_the_pattern_name_an_incident(address: str, number: int | None) -> None:
    assert PATTERN.number_in(address) == number


def test_the_reference_may_stand_in_the_middle_and_the_path_is_exact() -> None:
    pattern = LinkPattern("https://acme.example:8443/Ops/{reference}/view")
    assert pattern.number_in("https://acme.example:8443/Ops/INC-7/view") == 7
    assert pattern.number_in("https://acme.example:8443/ops/INC-7/view") is None
    assert pattern.domain == "acme.example"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "must begin with https://"),
        ("http://x.example/{reference}", "must begin with https://"),
        ("https://localhost/{reference}", "must begin with https://"),
        ("https://{reference}.x.example/", "must begin with https://"),
        ("https://x.example/", "must have {reference} exactly once"),
        ("https://x.example/{reference}/{reference}", "must have {reference} exactly once"),
        ("https://x.example/{reference} x", "must have {reference} exactly once"),
        ("https://x.example/{reference}/{number}", "must have {reference} exactly once"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(text: str, told: str) -> None:
    assert LinkPattern(text).problem.startswith(told)


def test_what_is_no_address_has_no_domain() -> None:
    assert LinkPattern("nonsense").domain == ""
