"""One file per effect: how it is rendered, and what is stored if it is delivered or dies."""
