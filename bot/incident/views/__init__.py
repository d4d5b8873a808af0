"""What people see in Slack: pure functions from the domain to Block Kit, text and Markdown."""
