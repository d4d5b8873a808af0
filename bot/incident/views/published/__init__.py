"""The postmortem in the forms in which it is published."""
