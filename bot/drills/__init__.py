"""Scripted incidents: people act in the sandbox, and each step looks for what Slack must then show."""

NAMES = ("checkout-outage",)
