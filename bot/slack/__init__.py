"""Slack itself: listeners, payloads, the gateway, connections. The only home of slack_bolt and slack_sdk."""
