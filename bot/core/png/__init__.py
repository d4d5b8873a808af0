"""SVG as PNG. The fonts are in this folder, so that a picture looks the same everywhere."""
