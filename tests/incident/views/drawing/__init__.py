"""The drawn timeline."""
