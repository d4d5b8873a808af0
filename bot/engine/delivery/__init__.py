"""What was committed is brought to the outside world, however often it has to be tried."""
