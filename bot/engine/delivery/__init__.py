"""Effects that were committed are delivered to the outside world, however many tries that needs."""
