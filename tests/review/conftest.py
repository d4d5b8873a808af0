"""What the tests of figures need of the engine."""

from tests.engine.conftest import policy, world

__all__ = ["policy", "world"]
