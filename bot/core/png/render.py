"""Turns an SVG drawing into a PNG picture."""

import re
from pathlib import Path

from bot.core.errors import WarroomError

# What the fonts have; they were cut down to it.
_COVERED = re.compile(
    "[\t\n\r\u0020-\u007e\u00a0-\u017f\u0192\u0218-\u021b\u0370-\u03ff\u0400-\u045f\u0490\u0491\u1e9e\u2010-\u2015"
    "\u2018-\u201e\u2020-\u2022\u2026\u2030\u2032\u2033\u2039\u203a\u20ac\u2122\u2190-\u2199\u2212\u2248\u2260\u2264\u2265]*"
)
FONTS = tuple(str(Path(__file__).parent / f"Inter-{weight}.otf") for weight in ("Regular", "SemiBold"))


class NoPictureError(WarroomError):
    """The drawing could not be turned into a picture."""


def png(svg: str, zoom: float = 2.0) -> bytes:
    """The picture, `zoom` times as many pixels as the drawing has units.

    The shipped fonts have Latin, Greek and Cyrillic letters. Only for a text with others are the system's fonts looked at.

    Raises:
        NoPictureError: the drawing is not valid SVG, or a font is missing.
    """
    import resvg_py  # noqa: PLC0415  # most processes draw nothing

    try:
        return resvg_py.svg_to_bytes(
            svg_string=svg,
            zoom=zoom,
            skip_system_fonts=_COVERED.fullmatch(svg) is not None,
            font_files=list(FONTS),
            font_family="Inter",
            sans_serif_family="Inter",
        )
    except (ValueError, RuntimeError, OSError) as error:
        raise NoPictureError(f"the timeline could not be drawn: {error}") from error
