"""Slack: what can be asked of it, and what its refusals mean. `bot.slack` talks to it."""
