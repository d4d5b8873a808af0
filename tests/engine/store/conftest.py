"""The engine's world, for tests of the store that need a life lived in it."""

from tests.engine.conftest import world

__all__ = ["world"]
