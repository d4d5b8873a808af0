"""Whether an action item says something whose outcome can be verified: "add an alert", not "be more careful"."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.incident.domain.blame.vocabulary import words

_READ = 1000  # characters: an action item is a line
_WORD = re.compile(r"[^\W\d_](?:[\w'-]*[^\W_])?")
_PREFIX = re.compile(
    r"""
    \s* (?:\[[ xX]\]\s*)?
    (?: owner: [^.;]{0,60} [.;] \s* )?
    (?: [@<] [^\s:]{1,60} :?\s+ | \w{1,30} (?:[ ]\w{1,30})? :\s+ )?
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TARGET = re.compile(r"\b(?:below|under|above|within|to|than|least|most)\s+\d|\d\s*%")
_FILLERS = words(
    """
    we should will must need to have please let's someone somebody everyone everybody the team try
    """
)
_VAGUE = words(
    """
    tbd todo investigate look explore think consider discuss be improve remember review ensure evaluate understand
    research analyse analyze examine study check double-check pay keep follow work continue address handle
    strengthen remind avoid communicate learn talk encourage educate foster promote optimise optimize enhance
    revisit reconsider assess monitor watch better more less fewer further additional training awareness
    improved stay become focus aim strive brainstorm reflect tackle
    """
)
_VAGUE_PAIRS = frozenset(
    {
        ("make", "sure"),
        ("find", "out"),
        ("figure", "out"),
        ("take", "care"),
        ("get", "better"),
        ("raise", "awareness"),
        ("increase", "awareness"),
        ("come", "up"),
    }
)
_SHARP = words(
    """
    add remove delete write create set move document automate build replace upgrade enable disable migrate test
    run schedule fix implement publish update configure limit raise lower increase decrease rename require page
    split stop alert reduce record deploy drop archive close merge switch decide choose change report post share
    open restore rotate
    """
)


def is_verifiable(what: str) -> bool:
    """Whether somebody else could see that it is done.

    A vague verb is enough with a target ("improve the hit rate to 90 %") or with a second verb ("investigate the leak
    and write the findings down"). What is not understood counts as verifiable.
    """
    text = what[:_READ]
    rest = _PREFIX.sub("", text, count=1)
    words = [each.group().lower() for each in _WORD.finditer(rest)]
    while words and words[0] in _FILLERS:
        words = words[1:]
    if not words:
        return False
    return not _is_vague(words) or bool(_TARGET.search(rest)) or _has_second_verb(words)


def _is_vague(words: Sequence[str]) -> bool:
    """Whether the first word is a vague verb, or the second, as in `Bob investigates`."""
    return _is_vague_at(words, 0) or (len(words) > 1 and words[1].endswith("s") and _is_vague_at(words, 1))


def _is_vague_at(words: Sequence[str], at: int) -> bool:
    verb, after = words[at], words[at + 1] if at + 1 < len(words) else ""
    if at and verb.endswith("ies"):
        verb = verb[:-3] + "y"
    elif at:
        verb = verb.removesuffix("s")
    return verb in _VAGUE or (verb, after) in _VAGUE_PAIRS


def _has_second_verb(words: Sequence[str]) -> bool:
    return any(first in ("and", "then") and second in _SHARP for first, second in pairwise(words))
