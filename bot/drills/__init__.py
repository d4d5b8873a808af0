"""Scripted incidents: people act in the sandbox, and each step looks for what Slack must then show.

A scenario is a module of that name here, with `STEPS`. It is imported when it is played, so that the command line starts
at once.
"""

NAMES = ("checkout-outage",)
