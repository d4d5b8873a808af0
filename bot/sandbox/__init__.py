"""A small Slack, as strict as the real one, to practise with and to test apps.

It knows nothing about the app: they communicate only by the Web API, Socket Mode and signed HTTP.
"""

from bot.sandbox.server import Sandbox

__all__ = ["Sandbox"]
