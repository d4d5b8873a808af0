"""The drawn timeline: what is drawn, on which time axis, and where labels fit. Pure; how it looks is for the views."""
