"""What is checked, how often, and what an answer must hold; pure."""
