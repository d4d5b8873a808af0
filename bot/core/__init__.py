"""What every subject uses: text and blocks, typed times, templates, the clock. It knows no subject."""
