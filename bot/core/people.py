"""What is known of people."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a person; `zone` is empty if Slack could not be asked."""

    id: str
    name: str
    zone: str = ""
    is_bot: bool = False
    is_guest: bool = False
    is_active: bool = True
    is_admin: bool = False  # or an owner


# By workspace and person's id; None if there is no such person.
FindPerson = Callable[[str, str], Awaitable[Profile | None]]
