"""What is stored of incidents beside their streams, and how incidents are found."""
