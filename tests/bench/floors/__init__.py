"""Floors: what the database and the libraries need by themselves for the same work, measured beside the bot."""
