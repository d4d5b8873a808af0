"""Pure: figures → Block Kit, text, HTML, JSON, CSV."""
