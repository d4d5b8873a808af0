"""What comes from people and from the clock: which pack, made now or kept."""
