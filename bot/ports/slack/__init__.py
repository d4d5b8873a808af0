"""Slack: what we can ask of it, and what its refusals mean. `bot.slack` talks to it."""
