"""One effect, one file: how it is put into words, and what is remembered where it is delivered, or dies."""
