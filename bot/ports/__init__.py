"""The outside worlds, without talking to them: what can be asked of each, and what its answers mean."""
