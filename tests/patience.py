"""Enough time for every act, for tests about something else: a busy machine may pause for seconds.

The limit of three seconds is tested in test_deadline.py, tests/resilience and tests/sandbox, with Slack's own patience.
"""

from bot.slack.connection import Timeouts

UNHURRIED = Timeouts(call=60, answer=20, optional=20, ack=30)
