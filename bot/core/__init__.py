"""What every subject stands on: text and blocks, typed times, templates, the clock; it knows no subject."""
