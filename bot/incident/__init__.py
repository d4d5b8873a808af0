"""The incident: its rules, its commands, and how it looks in Slack."""
