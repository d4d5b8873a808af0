"""What is kept of incidents beside their streams, and how they are found."""
