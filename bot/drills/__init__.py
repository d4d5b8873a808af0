"""Scripted incidents: people act in the sandbox, and each step checks what Slack then shows.

A scenario is a module of that name here, with `STEPS`. It is imported only when it is played, so that the command line
starts quickly.
"""

NAMES = ("checkout-outage", "full-war-room", "after-the-outage")
