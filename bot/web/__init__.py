"""HTTP: Slack's signed requests, and a look from outside."""
