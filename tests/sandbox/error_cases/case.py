"""A case: a method, the error that it is refused with, and the arguments that cause the error."""

from collections.abc import Callable
from typing import Any

from tests.sandbox.blocks import section
from tests.sandbox.world import World

#: The arguments, or a function that makes them with the ids in the world.
Arguments = dict[str, Any] | Callable[[World], dict[str, Any]]
Case = tuple[str, str, Arguments]

BAD_BLOCKS = [{"type": "section"}]
LONG_BLOCKS = [section("x" * 3000) for _ in range(5)]
