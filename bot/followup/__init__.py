"""Action items: what somebody does after an incident so that it does not happen again."""
