"""Slack's signature, with the example of Slack's own documentation."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.web.signature import is_signed, may_be_signed

# Slack docs, "Verifying requests from Slack"
SECRET = "8f742231b10e8888abcd99yyyzzz85a5"  # noqa: S105  # the documentation's
STAMP = "1531420618"
BODY = (
    b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
    b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
    b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
    b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
)
SIGNATURE = "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503"
NOW = datetime.fromtimestamp(int(STAMP), UTC)


def test_the_example_of_the_documentation_has_a_valid_signature() -> None:
    assert may_be_signed(STAMP, SIGNATURE, NOW)
    assert is_signed(SECRET, STAMP, SIGNATURE, BODY)


def test_one_more_byte_another_time_or_another_secret_is_invalid() -> None:
    assert not is_signed(SECRET, STAMP, SIGNATURE, BODY + b"&")
    assert not is_signed(SECRET, "1531420619", SIGNATURE, BODY)
    assert not is_signed("another", STAMP, SIGNATURE, BODY)


@pytest.mark.parametrize(
    ("seconds", "good"), [(-301, False), (-300, True), (0, True), (300, True), (301, False)]
)
def test_a_signature_is_valid_for_five_minutes_before_and_after(seconds: int, good: bool) -> None:  # noqa: FBT001  # a parameter of the test
    assert may_be_signed(STAMP, SIGNATURE, NOW + timedelta(seconds=seconds)) is good


@pytest.mark.parametrize(
    "stamp", ["", "x", "-1531420618", "1531420618.0", "١٥٣١٤٢٠٦١٨", "1531420618\n", "9" * 400]
)
def test_a_time_stamp_that_is_not_a_number_is_invalid(stamp: str) -> None:
    assert not may_be_signed(stamp, SIGNATURE, NOW)


@pytest.mark.parametrize(
    "signature", ["", "v0=", SIGNATURE.upper(), SIGNATURE + "0", SIGNATURE + "\n", "v0=" + "é" * 64]
)
def test_a_malformed_signature_is_invalid(signature: str) -> None:
    assert not may_be_signed(STAMP, signature, NOW)
