"""One file = one effect of an action item: what it waits for, its words, and what is remembered of it."""
