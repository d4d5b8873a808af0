"""The postmortem as one HTML page that loads nothing."""
