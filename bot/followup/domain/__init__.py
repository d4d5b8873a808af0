"""The rules of action items: standard library only."""
