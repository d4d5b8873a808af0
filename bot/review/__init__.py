"""The look back: figures of many incidents."""
