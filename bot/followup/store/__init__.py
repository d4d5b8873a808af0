"""How action items are found, and what is kept beside their history."""
