"""The driver: people's views and actions for tests and tools, using only the control API."""

from bot.sandbox.driver.driver import Driver, Integration
from bot.sandbox.driver.failures import ActionFailed, NotSeen
from bot.sandbox.driver.person import Person

__all__ = ["ActionFailed", "Driver", "Integration", "NotSeen", "Person"]
