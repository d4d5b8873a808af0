"""Outages, public ones and our own, as facts with their times: played through the bot on a clock that is moved."""
