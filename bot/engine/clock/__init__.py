"""The tick: once a second each subject is asked what is due."""
