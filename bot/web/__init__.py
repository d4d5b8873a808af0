"""HTTP: Slack's signed requests, probes and metrics."""
