"""A policy with no reminders for days, for tests about something else."""

_PATIENT = """
severities:
  SEV1: {{impact: All, cadence: 3 days}}
  SEV2: {{impact: Many, cadence: 3 days}}
  SEV3: {{impact: Some, cadence: 3 days}}
  SEV4: {{impact: Few, cadence: 3 days}}
commander_within: {commander_within}
escalate_after: 1 day
broadcast_after: 2 days
snooze: 10 min
nudges: off
"""


def patient(commander_within: str) -> str:
    """The text of its file. Only a missing commander is asked for, after this time (such as `3 days`)."""
    return _PATIENT.format(commander_within=commander_within)
