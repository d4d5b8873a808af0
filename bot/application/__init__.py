"""The flows: a request becomes a decision and is committed; what was committed is brought to Slack."""
