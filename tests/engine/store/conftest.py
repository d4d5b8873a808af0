"""The `world` fixture of the engine's tests, for tests of the store that need incidents in progress."""

from tests.engine.conftest import world

__all__ = ["world"]
