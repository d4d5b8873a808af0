"""A passage in sentences, and a sentence in words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_WORD = r"[^\W\d_](?:[\w'\u2019-]*[^\W_])?"
_NUMBER = r"\d(?:[\w.,:]*\w)?"
_TOKEN = re.compile(
    "|".join(
        (
            r"""(?P<opaque>`[^`]{0,2000}`|"[^"]{0,500}"|“[^”]{0,500}”|\w{1,10}://[^\s>)|]+|\\\|)""",
            r"(?P<person>\\?<@[UW][A-Z0-9]{1,30}(?:\|[^>]{0,80})?\\?>)",  # escaped, too, as in the draft
            r"(?P<markup><[^<>]{1,300}>)",
            f"(?P<word>{_WORD})",
            f"(?P<number>{_NUMBER})",
            r"(?P<stop>[.!?:;,()|…—\u2013])",
        )
    )
)
_WORD_OR_NUMBER = re.compile(f"{_WORD}|{_NUMBER}")  # numbers, too: what stands in one is no word of its own
LONGEST = 100  # words: what is longer is no sentence, and no rule may have to look through it
_ENDS = frozenset(".!?…|")
_SHORT = frozenset({"e.g", "i.e", "etc", "vs", "approx", "mr", "mrs", "ms", "dr", "g", "e"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word, or what stands in its place.

    Attributes:
        text: the word in lower case with a straight apostrophe; a stop mark as it is; empty for what is not read
            (code, quotes, addresses).
        start: where it begins in the whole text.
        end: where it ends.
        is_capital: whether it begins with a capital letter.
        is_person: whether it mentions a person.
    """

    text: str
    start: int
    end: int
    is_capital: bool = False
    is_person: bool = False

    @property
    def is_stop(self) -> bool:
        """Whether it is a stop mark."""
        return len(self.text) == 1 and not self.text.isalnum()

    @property
    def owner(self) -> str:
        """The owner that this possessive names, such as `alice` for Alice's; empty if it is none."""
        return self.text[:-2] if self.text.endswith("'s") else ""


Sentence = Sequence[Word]


def vocabulary(text: str, begin: int, end: int) -> set[str]:
    """The texts of all words of the passage between two offsets, and of more: what is not read is among them too.

    It takes a tenth of the time of `sentences`, for those who need to know only whether to look closer.
    """
    return set(_lower(" ".join(_WORD_OR_NUMBER.findall(text, begin, end))).split())


def sentences(text: str, begin: int, end: int) -> Iterator[Sentence]:
    """The sentences of the passage between two offsets."""
    found: list[Word] = []
    for match in _TOKEN.finditer(text, begin, end):
        word = _word(match)
        found.append(word)
        if len(found) == LONGEST or (word.text in _ENDS and _is_end(text, found)):
            yield found
            found = []
    if found:
        yield found


def _word(match: re.Match[str]) -> Word:
    typed, start, end = match.group(), match.start(), match.end()
    match match.lastgroup:
        case "word":
            return Word(_lower(typed), start, end, typed[0].isupper())
        case "person":
            return Word("@", start, end, is_person=True)
        case "stop" | "number":
            return Word(typed, start, end)
        case _:
            return Word("", start, end)


def _lower(typed: str) -> str:
    return typed.lower().replace("\u2019", "'")


def _is_end(text: str, found: Sequence[Word]) -> bool:
    """Whether the stop mark at the end of these words ends a sentence."""
    mark = found[-1]
    if mark.text != ".":
        return True
    after = text[mark.end : mark.end + 1]
    before = found[-2].text if len(found) > 1 else ""
    return (not after or not (after.isalnum() or after == "_")) and before not in _SHORT
