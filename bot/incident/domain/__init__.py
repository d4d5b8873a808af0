"""The rules of incident management: standard library only, no clock, no I/O.

Read in this order: `vocabulary` (the words), `events` (what can happen), `incident` (what is),
`rules` (what may be done), `effects` (what Slack must show of it), `cadence` (what was promised).
"""
