"""Loads libraries without what they can do without."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without(package: str) -> Iterator[None]:
    """A block in which an installed package counts as missing, unless it is loaded already.

    Libraries that would use it for something that we do not need, such as colours, then load faster and take less memory.
    """
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # Python's own way to say that there is none
    try:
        yield
    finally:
        del sys.modules[package]
