"""What the reader marks."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The kinds of phrases and of gaps that are marked; their files say what each means."""

    HUMAN_ERROR = "human_error"
    JUDGEMENT = "judgement"
    SHOULD_HAVE = "should_have"
    OMISSION = "omission"
    PERSON_AS_CAUSE = "person_as_cause"
    SINGLE_CAUSE = "single_cause"
    COUNTERFACTUAL = "counterfactual"
    ACTION_ITEM = "action_item"

    @property
    def words(self) -> str:
        """The kind in words."""
        return self.value.replace("_", " ")


@dataclass(frozen=True, slots=True)
class Advice:
    """Why a kind is marked, and the question that gets further."""

    reason: str
    question: str


@dataclass(frozen=True, slots=True)
class Finding:
    """One mark.

    Attributes:
        offset: where the words begin, in characters from the start of the text.
        line: the line on which they begin, counted from 1.
        words: what is marked, as it was written.
        sentence: the sentence or line in which it stands, without line breaks.
        reason: why it is marked, in one sentence.
        question: the better question.
    """

    kind: Kind
    offset: int
    line: int
    words: str
    sentence: str
    reason: str
    question: str
