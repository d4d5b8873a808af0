"""One file = one `/incident` command about action items, with its button and its form; discovered."""
