"""What time brings: once a second each subject is asked what is due."""
