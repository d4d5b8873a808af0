"""How wide a text is, in the font that is shipped for the picture. Fonts of other systems are no wider."""

from itertools import accumulate

# The widths of the characters from U+0020 to U+007E, in thousandths of the size: Inter 3.19, table hmtx.
_REGULAR = (
    281, 278, 403, 631, 638, 812, 639, 222, 362, 362, 500, 659, 280, 460, 276, 357, 625, 464, 605, 636, 642, 608, 624,
    571, 616, 624, 276, 280, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598, 587, 743, 740, 264, 543, 652, 562, 889,
    753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642, 665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621,
    582, 361, 609, 591, 237, 237, 544, 237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 812, 540, 557, 541, 362,
    327, 362, 659,
)  # fmt: skip
_OTHER = 680  # Greek and Cyrillic letters have this at most, on average
_WIDE = 1000  # ideographs and emoji
_FIRST_WIDE = "\u1100"
_BOLD = 1.06  # the semi-bold font is so much wider at most
_FIRST = 0x20
_LEAST = 3  # characters; fewer say nothing
_ELLIPSIS = "…"


def width(text: str, size: float, *, bold: bool = False) -> float:
    """The width of one line, in the units of `size`."""
    return sum(map(_thousandths, text)) * size / 1000 * (_BOLD if bold else 1)


def fitted(text: str, room: float, size: float, *, bold: bool = False) -> str:
    """The text, or as many characters of it as fit with an ellipsis; empty if not three of them do."""
    if width(text, size, bold=bold) <= room:
        return text
    scale = size / 1000 * (_BOLD if bold else 1)
    ends = accumulate(map(_thousandths, text), initial=_thousandths(_ELLIPSIS))
    kept = text[: max(sum(end * scale <= room for end in ends) - 1, 0)]
    return kept.rstrip() + _ELLIPSIS if len(kept) >= _LEAST else ""


def _thousandths(character: str) -> int:
    number = ord(character) - _FIRST
    if 0 <= number < len(_REGULAR):
        return _REGULAR[number]
    return _OTHER if character < _FIRST_WIDE or "\u2000" <= character <= "\u2bff" else _WIDE
