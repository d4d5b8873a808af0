"""Floors: what the database and the libraries alone need for the same work, measured beside the bot."""
