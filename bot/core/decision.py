"""The refusal: what a rule returns instead of facts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal.

    Attributes:
        message: why, in one sentence for the person who asked.
        field: the form field that it is about; empty if it is about none.
        unless_sure: whether the act is done if the person confirms that the value is right.
    """

    message: str
    field: str = ""
    unless_sure: bool = False
