"""The figures: pure functions over the records of incidents, standard library only."""
