"""Ids that look like Slack's and are the same in every run."""

import random
import string
import uuid

ALPHABET = string.digits + string.ascii_uppercase


class Ids:
    """A seeded source of ids, tokens and stamps."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)  # noqa: S311 - repeatable, guards nothing
        self._last_stamp = 0

    def make(self, prefix: str) -> str:
        """An id such as `C0BQ7T2KX1M`: the prefix and ten characters."""
        return prefix + "".join(self._random.choices(ALPHABET, k=10))

    def word(self, length: int = 5) -> str:
        """A short word of letters and digits, like Slack's ids for blocks without a `block_id`."""
        return "".join(self._random.choices(string.ascii_letters + string.digits, k=length))

    def uuid(self) -> str:
        """A UUID."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def secret(self) -> str:
        """Thirty-two hexadecimal digits."""
        return f"{self._random.getrandbits(128):032x}"

    def chance(self) -> float:
        """A number from 0 up to 1."""
        return self._random.random()

    def stamp(self, now: float) -> str:
        """A message's `ts`: the time in microseconds, later than all previous ones."""
        self._last_stamp = max(int(now * 1_000_000), self._last_stamp + 1)
        return _stamp(self._last_stamp)

    @property
    def last_stamp(self) -> str:
        """The latest `ts`."""
        return _stamp(self._last_stamp)

    def reseed(self, seed: int) -> None:
        """Start another sequence; time stamps continue."""
        self._random.seed(f"after {seed}")


def _stamp(microseconds: int) -> str:
    return f"{microseconds // 1_000_000}.{microseconds % 1_000_000:06d}"
