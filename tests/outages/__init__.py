"""Outages, public ones and our own, as facts with their times. Tests play them through the bot."""
