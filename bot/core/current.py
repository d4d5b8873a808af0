"""A value that can be replaced while the bot works."""

from typing import Generic, TypeVar

T = TypeVar("T")


class Current(Generic[T]):
    """Whoever calls it gets the value that counts now, and keeps it for the whole of what they do."""

    def __init__(self, value: T) -> None:
        self._value = value

    def __call__(self) -> T:
        """The value that counts now."""
        return self._value

    def replace(self, value: T) -> None:
        """From now on, this value counts."""
        self._value = value
