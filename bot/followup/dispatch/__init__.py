"""What is read for people's acts on action items."""
