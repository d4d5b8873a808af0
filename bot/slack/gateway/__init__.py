"""Calls to Slack's Web API: channels, messages and files, and the gateway that makes the calls."""
