"""The rules of incident management: standard library only, no clock, no I/O.

Read in this order: `vocabulary` (the terms), `facts` (what can happen), `incident` (the state), `rules` (what people may
do), `react` and `effects` (what Slack must show), `cadence` (when updates and reminders are due).
"""
