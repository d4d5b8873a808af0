"""The drawn timeline as SVG, and the same in words."""
