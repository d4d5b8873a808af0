"""What comes in from people: which incident it is about, which word it is, and the answer."""
