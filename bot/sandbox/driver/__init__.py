"""A driver: what people see and do, for tests and tools, over the control API alone."""

from bot.sandbox.driver.driver import Driver, Integration
from bot.sandbox.driver.failures import ActionFailed, NotSeen
from bot.sandbox.driver.person import Person

__all__ = ["ActionFailed", "Driver", "Integration", "NotSeen", "Person"]
