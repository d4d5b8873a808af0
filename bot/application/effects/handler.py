"""What the application knows of one kind of effect."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.application.calls import Call, Dead
from bot.application.effects.marking import Marking
from bot.application.house import House
from bot.application.scenes import Scene
from bot.incident.domain.effects import Effect

E = TypeVar("E", bound=Effect)


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler(Generic[E]):
    """One kind of effect. There are no defaults: what does not apply is said, so that nothing can be wrong silently.

    Attributes:
        effect: its type.
        what: what could not be done where it dies, as it follows on "I could not".
        is_told: whether the war room is warned where it dies.
        latest_only: whether it shows what is so now, so that of several dead ones only the last is tried again.
        lengthy: whether it takes so long to put into words that nobody else is to wait for it.
        render: the call that makes Slack show it, from the state of this very moment; None where there is nothing to
            show any more. It raises LookupError where the scene lacks what the effect needs, and TemplateBrokenError
            where a template of the user's own does not render.
        delivered: remembers what Slack told. The receipt is empty where it told nothing, as of an edit.
        replaced: forgets what is to be edited, where that is gone, or may not be edited; whether it is posted anew.
        died: what follows beside the warning, where it is given up.
    """

    effect: type[E]
    what: str
    is_told: bool
    latest_only: bool
    lengthy: bool
    render: Callable[[E, Scene, House], Call | None]
    delivered: Callable[[Marking, E, Mapping[str, str]], Awaitable[None]]
    replaced: Callable[[Marking, E], Awaitable[bool]]
    died: Callable[[Marking, E, Dead], Awaitable[None]]

    @property
    def kind(self) -> str:
        """The name by which the outbox knows it."""
        return self.effect.__name__


async def nothing(_marking: Marking, _effect: object, _result: object) -> None:
    """There is nothing to remember, or nothing that follows."""


async def never(_marking: Marking, _effect: object) -> bool:
    """It edits nothing, or is not posted anew."""
    return False
