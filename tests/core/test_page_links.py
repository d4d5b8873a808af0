"""Links to pages are sealed: nobody can make or change one, and one for a link is none for a cookie."""

import hashlib
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core import page_links
from bot.core.page_links import VALID, PageLinks, PageName, Purpose, Ticket, derive_key, links_for

NOW = datetime(2026, 11, 2, 3, 4, 5, tzinfo=UTC)
LINKS = PageLinks.of("https://bot.example.com/warroom/", "xoxb-secret")
TICKET = Ticket("an-id", "T1", "U1", PageName.POSTMORTEM, "7", NOW + VALID)
SEALED = LINKS.seal(TICKET, Purpose.LINK)


def test_a_link_is_read_as_it_was_made() -> None:
    address = LINKS.address("T1", "U1", NOW, PageName.FIGURES, "q3 vs q2 sev1")
    assert address.startswith("https://bot.example.com/warroom/pages/")
    link_id, sealed = urlsplit(address).path.split("/")[-2:]
    read = LINKS.read(link_id, sealed, Purpose.LINK)
    assert read == Ticket(link_id, "T1", "U1", PageName.FIGURES, "q3 vs q2 sev1", NOW + timedelta(hours=1))


def test_no_two_links_are_the_same() -> None:
    made = {LINKS.address("T1", "U1", NOW, PageName.FIGURES, "90d") for _ in range(50)}
    assert len(made) == 50


def test_the_key_is_derived_as_rfc_5869_says(monkeypatch: pytest.MonkeyPatch) -> None:
    """Test case 3 of the RFC has no salt, but no `info` either; so its `info` is given, and its first 32 bytes read."""
    monkeypatch.setattr(page_links, "_INFO", b"")
    secret = b"\x0b" * 22
    expected = "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"
    assert derive_key(secret.decode()).hex() == expected
    assert len(derive_key("x")) == hashlib.sha256().digest_size


def test_the_key_is_not_shown() -> None:
    assert LINKS.key.hex() not in repr(LINKS)
    assert "key" not in repr(LINKS)


@given(st.integers(0, len(SEALED) - 1), st.characters())
def test_a_link_in_which_anything_is_changed_is_none(at: int, character: str) -> None:
    changed = SEALED[:at] + character + SEALED[at + 1 :]
    assert (LINKS.read("an-id", changed, Purpose.LINK) is None) == (changed != SEALED)


@given(st.integers(0, len(SEALED) - 1), st.integers(1, 255))
def test_a_link_in_which_any_bit_is_flipped_is_none(at: int, bits: int) -> None:
    changed = SEALED[:at] + chr(ord(SEALED[at]) ^ bits) + SEALED[at + 1 :]
    assert LINKS.read("an-id", changed, Purpose.LINK) is None


@given(st.text(max_size=60))
def test_nothing_that_is_made_up_is_a_link(text: str) -> None:
    assert LINKS.read("an-id", text, Purpose.LINK) is None


@pytest.mark.parametrize(
    ("link_id", "sealed", "purpose"),
    [
        ("another-id", SEALED, Purpose.LINK),
        ("an-id", SEALED, Purpose.COOKIE),
        ("an-id", LINKS.seal(TICKET, Purpose.COOKIE), Purpose.LINK),
        ("an-id", "", Purpose.LINK),
        ("an-id", ".", Purpose.LINK),
        ("an-id", SEALED + "=", Purpose.LINK),
        ("an-id", SEALED + "\udce9", Purpose.LINK),
        ("an-id", "a" * 100_000, Purpose.LINK),
        ("an-id", PageLinks.of("https://bot.example.com", "xoxb-other").seal(TICKET, Purpose.LINK), Purpose.LINK),
    ],
)  # fmt: skip
def test_what_was_sealed_for_something_else_is_none(link_id: str, sealed: str, purpose: Purpose) -> None:
    assert LINKS.read(link_id, sealed, purpose) is None


def test_where_pages_are_files_only_there_is_no_link() -> None:
    assert links_for(None, "T1", "U1", NOW)(PageName.FIGURES, "90d") == ""
    assert "/pages/" in links_for(LINKS, "T1", "U1", NOW)(PageName.FIGURES, "90d")
