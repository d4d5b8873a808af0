"""Pages in the browser, for people to whom a link was given in Slack."""
