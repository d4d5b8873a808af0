"""warroom: the incident bot that lives in Slack."""
