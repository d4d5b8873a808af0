"""Pages that are opened by a link."""
