"""One effect, one file."""
