"""The adapter to Slack: listeners, payloads, the gateway, connections. Only here are slack_bolt and slack_sdk used."""
