"""A policy under which nobody is reminded of anything for days, for tests that are about something else."""

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
"""


def patient(commander_within: str) -> str:
    """Its file's text; a missing commander alone is asked for, after so long (as `3 days`)."""
    return _PATIENT.format(commander_within=commander_within)
