"""Text is readable: every pair of colours that are used together has the contrast of WCAG 2.2 AA."""

import re
from pathlib import Path

import pytest

from bot.sandbox import page

BASE = (Path(page.__file__).parent / "static" / "base.css").read_text(encoding="utf-8")
TEXT, GRAPHICS = 4.5, 3.0
#: Of tags, charts, alerts and tasks.
COLOURS = (
    "blue", "orange", "green", "purple", "red", "teal", "yellow", "magenta", "indigo", "olive", "brown", "gray",
)  # fmt: skip
PAIRS = [
    *(
        ("ink", ground, TEXT)
        for ground in ("ground", "raised", "sunk", "hover", "accent-soft", "danger-soft")
    ),
    *(("ink-2", ground, TEXT) for ground in ("ground", "raised", "sunk", "hover", "line")),
    *(("accent", ground, TEXT) for ground in ("ground", "hover", "accent-soft")),
    *(("link", ground, TEXT) for ground in ("ground", "hover", "sunk", "accent-soft")),
    *(("danger", ground, TEXT) for ground in ("ground", "raised", "sunk", "danger-soft")),
    *(("side-ink", ground, TEXT) for ground in ("side", "side-hover")),
    *(
        (f"c-{colour}", ground, TEXT)
        for colour in COLOURS
        for ground in ("ground", "raised", "hover", "sunk")
    ),
    ("accent-ink", "accent", TEXT),
    ("mark-ink", "mark", TEXT),
    ("mark-ink", "me", TEXT),
    ("code", "sunk", TEXT),
    ("side-strong", "side-here", TEXT),
    ("line-strong", "ground", GRAPHICS),
    ("line-strong", "raised", GRAPHICS),
]


def colours(rule: str) -> dict[str, str]:
    """The custom properties of the first rule with this selector."""
    body = BASE.split(rule + " {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", body))


def luminance(colour: str) -> float:
    """WCAG's relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("selector", [":root", ':root[data-theme="dark"]', ':root:not([data-theme="light"])'])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_contrast(selector: str, ink: str, ground: str, least: float) -> None:
    shown = colours(":root") | colours(selector)
    assert contrast(shown[ink], shown[ground]) >= least


def test_black_on_white_is_the_highest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_both_dark_themes_have_the_same_colours() -> None:
    assert colours(':root[data-theme="dark"]') == colours(':root:not([data-theme="light"])')
