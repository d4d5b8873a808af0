"""What a rule answers where it does not answer with facts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Refused:
    """No, and why: one sentence for the person who asked.

    Attributes:
        field: the form field that it is about; empty where it is about none.
        unless_sure: whether it is only a doubt, and is done where the person says that it is meant.
    """

    message: str
    field: str = ""
    unless_sure: bool = False
