"""A small Slack, as strict as the real one, to practise and test an app in.

It knows nothing of the app: they meet on the wire, by the Web API, Socket Mode and signed HTTP.
"""

from bot.sandbox.server import Sandbox

__all__ = ["Sandbox"]
