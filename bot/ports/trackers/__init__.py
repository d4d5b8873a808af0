"""Issue trackers: what can be asked of one, and what its refusals mean. `bot.vendors` talks to GitHub and Jira."""
