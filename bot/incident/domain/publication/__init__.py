"""What changes in a postmortem when it is published: roles instead of names, a redacted form, a shorter timeline."""
