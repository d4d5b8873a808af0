"""The incident: its rules, its words, and how it looks in Slack."""
