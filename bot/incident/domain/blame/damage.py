"""Verbs of damage, and what makes a neutral verb one: "pushed a broken build", "deleted by mistake"."""

from itertools import pairwise

from bot.incident.domain.blame.grammar import REACH, text_at
from bot.incident.domain.blame.sentences import Sentence
from bot.incident.domain.blame.vocabulary import PREPOSITIONS, words

ALWAYS = words(
    """
    caused misconfigured mistyped botched corrupted leaked overwrote overwritten wiped exposed crashed misread
    misjudged destroyed bungled
    """
)
BROKE = frozenset({"broke", "broken"})
DOWN = frozenset({"took", "brought", "taken", "knocked"})  # … down
UP = frozenset({"messed", "screwed", "fouled", "mucked"})  # … up
REMOVING = words(
    """
    deleted dropped removed killed disabled unplugged stopped truncated terminated closed detached isolated
    disconnected cut silenced muted rebooted restarted cancelled purged uninstalled scaled
    """
)
ADDING = words(
    """
    pushed merged deployed applied ran typed entered selected chose used shared released shipped committed
    pasted copied set changed edited restored promoted started clicked picked uploaded run introduced triggered
    made executed configured rolled
    """
)
VERBS = ALWAYS | BROKE | DOWN | UP | REMOVING | ADDING
_BY_MISTAKE = words(
    """
    accidentally mistakenly inadvertently unintentionally wrongly incorrectly erroneously
    """
)
ADVERBS = _BY_MISTAKE  # accidentally, mistakenly: they make a mistake of any verb
_WRONG = frozenset({"wrong", *_BY_MISTAKE})
_FAULTY = words(
    """
    wrong broken faulty bad untested incorrect buggy invalid unreviewed unapproved flawed defective
    """
)
_TOO = frozenset({"much", "many", "early", "soon", "low", "high", "few", "little"})
_MISTAKES = words("mistake mistakes error errors typo")
_HARM = _MISTAKES | words("outage incident downtime bug failure regression breakage")
_LIVE = frozenset({"production", "prod"})
_UNASKED = words(
    """
    asking approval review testing checking telling permission notice reading verifying coordination
    """
)
_HARMLESS = words("banner notice message canary page maintenance notes sign poster")
_IDIOMS = words("news lock tie down off out into even up ground")


def is_damage(sentence: Sentence, verb: int) -> bool:
    """Whether the verb at this place does damage, from what stands around it."""
    text = sentence[verb].text
    ahead = [each.text for each in _ahead(sentence, verb)]
    if text in ALWAYS:
        return True
    if text in BROKE:
        return ahead[:1] != [] and ahead[0] not in _IDIOMS and "news" not in ahead[:3]
    if text in DOWN:
        return "down" in ahead[:6] and not _is_harmless(ahead[:6])
    if text in UP:
        return "up" in ahead[:6]
    before = text_at(sentence, verb - 1)
    if before in _BY_MISTAKE or _is_by_mistake(ahead) or _is_unasked(ahead):
        return True
    if _is_too_much(ahead):
        return True
    if text in REMOVING:
        return bool(_WRONG.intersection(ahead[:6])) or (
            text != "scaled" and bool(_LIVE.intersection(ahead[:5]))
        )
    if text == "made":
        return bool(_MISTAKES.intersection(ahead[:2]))
    if text in ("introduced", "triggered") and _HARM.intersection(ahead[:4]):
        return True
    return bool(_FAULTY.intersection(ahead[:5]))


def _ahead(sentence: Sentence, verb: int) -> Sentence:
    """The words after the verb, up to the next stop mark or the next clause."""
    end = min(len(sentence), verb + REACH)
    for at in range(verb + 1, end):
        if (sentence[at].is_stop and sentence[at].text != "@") or sentence[at].text in (
            "and",
            "but",
            "because",
        ):
            return sentence[verb + 1 : at]
    return sentence[verb + 1 : end]


def _is_harmless(ahead: list[str]) -> bool:
    """Whether what was taken down is a banner or the like; a message broker is not."""
    following = [*ahead[1:], ""]
    return any(
        word in _HARMLESS and (after in PREPOSITIONS or after in ("", "down"))
        for word, after in zip(ahead, following, strict=True)
    )


def _is_too_much(ahead: list[str]) -> bool:
    pairs = pairwise(ahead[:4])
    return any(first == "too" and second in _TOO for first, second in pairs)


def _is_by_mistake(ahead: list[str]) -> bool:
    return any(first == "by" and second in ("mistake", "accident") for first, second in pairwise(ahead))


def _is_unasked(ahead: list[str]) -> bool:
    return "without" in ahead and bool(_UNASKED.intersection(ahead))
