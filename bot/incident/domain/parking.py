"""The parking lot: thoughts about the cause that wait until the service is restored; the postmortem asks about them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import assert_never

from bot.incident.domain.facts import Parked, Reparked, Unparked


@dataclass(frozen=True, slots=True, kw_only=True)
class ParkedThought:
    """A thought that was parked. One that was taken out is kept, so that it can be put back under its number.

    Attributes:
        author: the person whose thought it is; empty if an app said it.
        app: the name of the app that said it; empty if a person did.
        by: the person who parked it.
        at: when it was parked (UTC).
        link: the link to the message; empty if it was not a message.
    """

    number: int
    text: str
    author: str
    app: str = ""
    by: str
    at: datetime
    link: str = ""
    taken_out: bool = False


ParkedThoughts = tuple[ParkedThought, ...]


def parked_label(number: int) -> str:
    """The name of a parked thought for people: `P2`."""
    return f"P{number}"


def still_parked(thoughts: Iterable[ParkedThought]) -> ParkedThoughts:
    """Those that nobody has taken out."""
    return tuple(each for each in thoughts if not each.taken_out)


def parking_after(thoughts: ParkedThoughts, fact: Parked | Unparked | Reparked) -> ParkedThoughts:
    """The parking lot after this fact."""
    match fact:
        case Parked():
            thought = ParkedThought(
                number=fact.number,
                text=fact.text,
                author=fact.author,
                app=fact.app,
                by=fact.by,
                at=fact.at,
                link=fact.link,
            )
            return (*thoughts, thought)
        case Unparked() | Reparked():
            taken_out = isinstance(fact, Unparked)
            return tuple(
                replace(each, taken_out=taken_out) if each.number == fact.number else each
                for each in thoughts
            )
        case _:
            assert_never(fact)
