"""Dispatches people's acts: finds the incident and the command, and gives the answer."""
