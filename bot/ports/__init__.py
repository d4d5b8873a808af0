"""The outside worlds, without talking to them: what we can ask of each, and what its answers mean."""
