"""What a board is made from, and how boards are found."""
