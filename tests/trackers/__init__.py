"""Issue trackers: GitHub and Jira, as strict stand-ins on loopback, and the real bot with the real HTTP client."""
