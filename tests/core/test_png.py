"""SVG becomes PNG with the shipped fonts, on every machine the same."""

import struct
import zlib
from pathlib import Path

import pytest

from bot.core.png.render import FONTS, NoPictureError, png
from tests.seen_pixels import ink, pixels

TEXT = '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text x="4" y="28" font-size="20">{}</text></svg>'


def test_the_picture_has_the_size_of_the_drawing_times_the_zoom() -> None:
    picture = png(TEXT.format("SEV1"), zoom=2)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert struct.unpack(">II", picture[16:24]) == (400, 80)
    assert zlib.crc32(b"IEND").to_bytes(4, "big") in picture


@pytest.mark.parametrize("written", ["Checkout", "Żółć", "Ελλάδα", "Киев", "→ … “x”"])
def test_letters_of_latin_greek_and_cyrillic_are_drawn(written: str) -> None:
    assert ink(pixels(png(TEXT.format(written))), 0, 0, 400, 80) > 100


def test_a_picture_is_always_the_same() -> None:
    assert png(TEXT.format("SEV1")) == png(TEXT.format("SEV1"))


def test_other_letters_are_no_mistake() -> None:
    assert png(TEXT.format("決済"))


def test_what_is_no_drawing_is_said_so() -> None:
    with pytest.raises(NoPictureError, match="could not be drawn"):
        png("<svg")


def test_both_fonts_are_shipped_with_their_licence() -> None:
    folder = Path(FONTS[0]).parent
    assert all(Path(font).stat().st_size < 80_000 for font in FONTS)
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text()
